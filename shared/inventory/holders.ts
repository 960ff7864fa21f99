// Who holds security groups, of what was read so far. Pure: what is missing was not needed or failed, and holds nothing.
import { valuesOf } from '../aws/each-item.ts';
import { leavesVpc, type PodCluster, type TaggedGroup } from '../domain/cluster.ts';
import type { Inventory, NetworkInterface } from '../domain/inventory.ts';
import { type ItemReads, itemOf } from '../domain/read.ts';
import type { SecurityGroupAnswer, SecurityGroupRule } from '../domain/security-group.ts';
import { clusterNamesIn, clusterNamesOf, isVpcId, POD_GROUP_TAG } from '../domain/tags.ts';
import { valueOr } from './define.ts';

const distinct = (ids: readonly string[]): string[] => [...new Set(ids)].filter((id) => id !== '').sort();
const groupsOf = ({ groups }: NetworkInterface): string[] => groups.map(({ id }) => id);

/** The clusters of the pods that exist and are not being deleted: a cluster that is gone, going or unread is not asked about any further. */
export const liveClusters = ({ podClusters }: Inventory): PodCluster[] =>
  valuesOf(valueOr(podClusters, {})).flatMap((answer) => (answer.found && answer.cluster.status !== 'DELETING' ? [answer.cluster] : []));

/** The groups that are tagged for the pods of a cluster. */
export const taggedFor = ({ taggedGroups }: Inventory, cluster: string): TaggedGroup[] =>
  valueOr(taggedGroups, []).filter(({ tags }) => clusterNamesIn(tags[POD_GROUP_TAG] ?? '').includes(cluster));

/** The interfaces of live clusters' pods, those on Fargate included. */
function pods(read: Inventory): readonly NetworkInterface[] {
  const live = new Set(liveClusters(read).map(({ name }) => name));
  const enis = valueOr(read.podEnis, []).filter(({ tags }) => clusterNamesOf(tags).some((name) => live.has(name)));
  return [...enis, ...valuesOf(valueOr(read.fargateEnis, {})).flat()];
}

/** Groups that pods of a live cluster may get, whether one has them now or not, with the cluster's VPC. */
const tagged = (read: Inventory): { id: string; vpcId: string }[] =>
  liveClusters(read).flatMap(({ name, vpcId = '' }) => taggedFor(read, name).map(({ id }) => ({ id, vpcId })));

const nodeInterfaces = ({ nodes }: Inventory) =>
  valuesOf(valueOr(nodes, {})).flatMap((each) => each.flatMap(({ interfaces }) => interfaces));
const controlPlane = ({ controlPlaneEnis }: Inventory) => valuesOf(valueOr(controlPlaneEnis, {})).flat();

const podGroups = (read: Inventory): string[] => distinct([...pods(read).flatMap(groupsOf), ...tagged(read).map(({ id }) => id)]);

/** The groups of live clusters' pods, nodes and control planes. */
export const heldGroups = (read: Inventory): string[] =>
  distinct([...podGroups(read), ...nodeInterfaces(read).flatMap(({ groups }) => groups), ...controlPlane(read).flatMap(groupsOf)]);

/** The subnets of pods and nodes. */
export const usedSubnets = (read: Inventory): string[] =>
  distinct([...pods(read), ...nodeInterfaces(read)].map(({ subnetId }) => subnetId));

/** Every rule that was read, of whichever group. */
export const rulesRead = ({ securityGroupRules }: Inventory): SecurityGroupRule[] => valuesOf(valueOr(securityGroupRules, {})).flat();

/** The prefix lists that rules name. */
export const namedPrefixLists = (read: Inventory): string[] =>
  distinct(rulesRead(read).flatMap(({ peer }) => (peer.kind === 'prefix-list' ? [peer.id] : [])));

const groupOf = (groups: ItemReads<SecurityGroupAnswer>, id: string) => {
  const read = itemOf(groups, id);
  return read?.ok && read.value.found ? read.value : undefined;
};

function podRules(read: Inventory): SecurityGroupRule[] {
  const groups = new Set(podGroups(read));
  return rulesRead(read).filter(({ groupId }) => groups.has(groupId));
}

/** The groups that pods' rules refer to and that can be asked for: those of another account cannot, and those that were read are known. */
export function referencedIds(read: Inventory): string[] {
  const groups = valueOr(read.securityGroups, {});
  const isOurs = ({ groupId }: SecurityGroupRule, userId: string | undefined) =>
    userId === undefined || userId === groupOf(groups, groupId)?.ownerId;
  return distinct(
    podRules(read).flatMap((rule) =>
      rule.peer.kind === 'group' && isOurs(rule, rule.peer.userId) && !groupOf(groups, rule.peer.groupId) ? [rule.peer.groupId] : [],
    ),
  );
}

/** The groups that some interface holds in a VPC that is not their own, or would hold where pods would start. */
export function heldAbroad(read: Inventory): string[] {
  const groups = valueOr(read.securityGroups, {});
  const held = [
    ...[...pods(read), ...controlPlane(read)].map((eni) => ({ ids: groupsOf(eni), vpcId: eni.vpcId })),
    ...nodeInterfaces(read).map((eni) => ({ ids: eni.groups, vpcId: eni.vpcId })),
    ...tagged(read).map(({ id, vpcId }) => ({ ids: [id], vpcId })),
  ];
  return distinct(held.flatMap(({ ids, vpcId }) => ids.filter((id) => (groupOf(groups, id)?.vpcId ?? vpcId) !== vpcId)));
}

/** The VPCs of pods' groups whose rules may refer to a group of another VPC. */
export function leftVpcs(read: Inventory): string[] {
  const groups = valueOr(read.securityGroups, {});
  const known = { ...valueOr(read.referencedGroups, {}), ...groups };
  const leaving = podRules(read).filter(
    ({ groupId, peer }) => peer.kind === 'group' && leavesVpc(peer, groupOf(known, groupId)?.vpcId, groupOf(known, peer.groupId)?.vpcId),
  );
  return distinct(leaving.flatMap(({ groupId }) => groupOf(groups, groupId)?.vpcId ?? [])).filter(isVpcId);
}
