// What the groups of pods and nodes allow, and everything that their rules refer to.
import type { EC2Client } from '@aws-sdk/client-ec2';
import type { NetworkInterface, SliceName, Slices } from '../model/inventory.ts';
import type { SecurityGroupAnswer, SecurityGroupRule } from '../model/network.ts';
import { type ClusterNode, leavesVpc, type TaggedGroup } from '../model/paths.ts';
import { type ItemReads, itemOf } from '../model/read.ts';
import { isVpcId } from '../model/tags.ts';
import { valuesOf } from './each-item.ts';
import { collectPrefixLists } from './prefix-lists.ts';
import { collectSecurityGroupRules } from './security-group-rules.ts';
import { collectSecurityGroups } from './security-groups.ts';
import { collectStaleReferences } from './stale-references.ts';
import { collectSubnets } from './subnets.ts';
import { collectVpcAssociations } from './vpc-associations.ts';

/** Who holds groups. */
export interface GroupHolders {
  wants: (slice: SliceName) => boolean;
  pods: readonly NetworkInterface[];
  /** Groups that pods of a cluster may get, whether one has them now or not, with the cluster's VPC. */
  tagged: readonly { group: TaggedGroup; vpcId: string | undefined }[];
  nodes: readonly ClusterNode[];
  controlPlane: readonly NetworkInterface[];
  /** Groups of which only the VPC matters. */
  named: readonly string[];
}

type GroupFacts = Pick<
  Slices,
  'securityGroups' | 'securityGroupRules' | 'referencedGroups' | 'prefixLists' | 'vpcAssociations' | 'staleReferences' | 'subnets'
>;

const distinct = (ids: readonly string[]): string[] => [...new Set(ids)].filter((id) => id !== '').sort();
const idsOf = ({ groups }: NetworkInterface): string[] => groups.map(({ id }) => id);

/** Reads the slices that are wanted; the others are empty. */
export async function collectGroupFacts(ec2: EC2Client, clock: () => Date, holders: GroupHolders): Promise<GroupFacts> {
  const { wants, pods, tagged, nodes, controlPlane, named } = holders;
  const nodeEnis = nodes.flatMap(({ interfaces }) => interfaces);
  const ofPods = distinct([...pods.flatMap(idsOf), ...tagged.map(({ group }) => group.id)]);
  const held = distinct([...ofPods, ...nodeEnis.flatMap(({ groups }) => groups), ...controlPlane.flatMap(idsOf)]);
  const subnetIds = distinct([...pods, ...nodeEnis].map(({ subnetId }) => subnetId));

  const securityGroups = wants('securityGroups') ? await collectSecurityGroups(ec2, distinct([...held, ...named]), clock) : {};
  const securityGroupRules = wants('securityGroupRules') ? await collectSecurityGroupRules(ec2, held, clock) : {};
  const rules = valuesOf(securityGroupRules).flat();
  const podGroups = new Set(ofPods);
  const referred = referencedIds(
    rules.filter(({ groupId }) => podGroups.has(groupId)),
    securityGroups,
  );
  const abroad = heldAbroad(
    [
      ...[...pods, ...controlPlane].map((eni) => ({ ids: idsOf(eni), ...eni })),
      ...nodeEnis.map((eni) => ({ ids: eni.groups, ...eni })),
      // Where pods would start.
      ...tagged.map(({ group, vpcId = '' }) => ({ ids: [group.id], vpcId })),
    ],
    securityGroups,
  );
  const referencedGroups = wants('referencedGroups') ? await collectSecurityGroups(ec2, referred, clock) : {};
  const known = { ...referencedGroups, ...securityGroups };
  const leaving = rules.filter(
    ({ groupId, peer }) =>
      podGroups.has(groupId) &&
      peer.kind === 'group' &&
      leavesVpc(peer, groupOf(known, groupId)?.vpcId, groupOf(known, peer.groupId)?.vpcId),
  );
  return {
    securityGroups,
    securityGroupRules,
    referencedGroups,
    prefixLists: wants('prefixLists')
      ? await collectPrefixLists(ec2, distinct(rules.flatMap(({ peer }) => (peer.kind === 'prefix-list' ? [peer.id] : []))), clock)
      : {},
    vpcAssociations: wants('vpcAssociations') ? await collectVpcAssociations(ec2, abroad, clock) : {},
    staleReferences: wants('staleReferences')
      ? await collectStaleReferences(
          ec2,
          homesOf(
            leaving.map(({ groupId }) => groupId),
            securityGroups,
          ),
          clock,
        )
      : {},
    subnets: wants('subnets') ? await collectSubnets(ec2, subnetIds, clock) : {},
  };
}

const groupOf = (groups: ItemReads<SecurityGroupAnswer>, id: string) => {
  const read = itemOf(groups, id);
  return read?.ok && read.value.found ? read.value : undefined;
};

/** The groups that rules refer to and that can be asked for: those of another account cannot, and those that were read are known. */
function referencedIds(rules: readonly SecurityGroupRule[], groups: ItemReads<SecurityGroupAnswer>): string[] {
  const isOurs = (rule: SecurityGroupRule, userId: string | undefined) =>
    userId === undefined || userId === groupOf(groups, rule.groupId)?.ownerId;
  return distinct(
    rules.flatMap((rule) =>
      rule.peer.kind === 'group' && isOurs(rule, rule.peer.userId) && !groupOf(groups, rule.peer.groupId) ? [rule.peer.groupId] : [],
    ),
  );
}

/** The groups that some interface holds in a VPC that is not their own. */
const heldAbroad = (enis: readonly { ids: readonly string[]; vpcId: string }[], groups: ItemReads<SecurityGroupAnswer>): string[] =>
  distinct(enis.flatMap(({ ids, vpcId }) => ids.filter((id) => (groupOf(groups, id)?.vpcId ?? vpcId) !== vpcId)));

const homesOf = (ids: readonly string[], groups: ItemReads<SecurityGroupAnswer>): string[] =>
  distinct(ids.flatMap((id) => groupOf(groups, id)?.vpcId ?? [])).filter(isVpcId);
