// Whom a change of security groups concerns. The common answer is nobody, and it costs one filtered read of interfaces and one of groups.
import { DescribeSecurityGroupsCommand, type EC2Client } from '@aws-sdk/client-ec2';
import { attempt } from '../../aws/attempt.ts';
import { eachPage, filterBatches, PAGE_SIZE } from '../../aws/pages.ts';
import type { NetworkInterface } from '../../domain/inventory.ts';
import { type Read, readOk } from '../../domain/read.ts';
import { COREDNS_GROUP_TAG, clusterNamesIn, clusterNamesOf, isClusterName, POD_GROUP_TAG } from '../../domain/tags.ts';
import { collectInstanceClusters } from './instance-clusters.ts';
import { DESCRIBE_INTERFACES, readInterfaces } from './network-interface.ts';
import { collectReferences, DESCRIBE_SECURITY_GROUPS } from './references.ts';

export const actions = [DESCRIBE_INTERFACES, DESCRIBE_SECURITY_GROUPS];

export interface AskedUsers {
  groupIds: readonly string[];
  interfaceIds: readonly string[];
  /** Those of the groups of which also matters who refers to them: a rule of theirs does not change what a reference to them means. */
  referenced: readonly string[];
}

/** By group or interface id: the names of the clusters whose pods, nodes or control planes have to do with it. */
export type GroupUsers = ReadonlyMap<string, ReadonlySet<string>>;

const NOBODY: Read<ReadonlyMap<string, readonly string[]>> = readOk(new Map(), new Date(0));
const CONTROL_PLANE = /^Amazon EKS (.+)$/;
// The last is EKS's own, on a cluster's security group.
const CLUSTER_TAGS: readonly string[] = [POD_GROUP_TAG, COREDNS_GROUP_TAG, 'aws:eks:cluster-name'];

/** The clusters that use what was changed. Fails as a whole: half of an answer would look like "nobody". */
export async function collectGroupUsers(ec2: EC2Client, asked: AskedUsers, clock: () => Date): Promise<Read<GroupUsers>> {
  const referring = asked.referenced.length > 0 ? await collectReferences(ec2, asked.referenced, clock) : NOBODY;
  if (!referring.ok) return referring;
  const referrers = referring.value;
  return attempt({ action: DESCRIBE_INTERFACES, item: 'who uses what was changed' }, clock, async () => {
    const groupIds = [...new Set([...asked.groupIds, ...[...referrers.values()].flat()])].sort();
    const users = new Map<string, Set<string>>();
    const add = (ids: readonly string[], names: Iterable<string>) => {
      for (const id of ids) users.set(id, new Set([...(users.get(id) ?? []), ...names]));
    };
    const enis = await holders(ec2, groupIds, asked.interfaceIds);
    const named = new Map(enis.map((eni) => [eni, namesOf(eni)]));
    const unnamed = enis.filter((eni) => named.get(eni)?.length === 0);
    const onInstances = await collectInstanceClusters(ec2, [...new Set(unnamed.flatMap(({ attachment }) => attachment?.instanceId ?? []))]);
    // One that neither a tag nor an instance names may be a pod on Fargate, which only its groups tell.
    const strange = unnamed.filter(({ attachment, requesterManaged }) => requesterManaged && attachment?.instanceId === undefined);
    const tagged = await taggedFor(ec2, [...new Set([...groupIds, ...strange.flatMap(groupsOf)])].sort());
    for (const [id, names] of tagged) add([id], names);
    for (const eni of enis) {
      const byInstance = onInstances.get(eni.attachment?.instanceId ?? '') ?? [];
      const byGroups = strange.includes(eni) ? groupsOf(eni).flatMap((id) => tagged.get(id) ?? []) : [];
      add([eni.id, ...groupsOf(eni)], [...(named.get(eni) ?? []), ...byInstance, ...byGroups]);
    }
    for (const [id, from] of referrers) add([id], new Set(from.flatMap((group) => [...(users.get(group) ?? [])])));
    return users;
  });
}

const groupsOf = ({ groups }: NetworkInterface): string[] => groups.map(({ id }) => id);

/** The clusters that an interface names itself: by its tags, or as EKS describes its own. */
function namesOf({ tags, description }: NetworkInterface): string[] {
  const [, controlPlane] = CONTROL_PLANE.exec(description) ?? [];
  return [...clusterNamesOf(tags), ...(controlPlane === undefined ? [] : [controlPlane])].filter(isClusterName);
}

/** Every interface that holds one of the groups, and those with the ids. */
async function holders(ec2: EC2Client, groupIds: readonly string[], interfaceIds: readonly string[]): Promise<NetworkInterface[]> {
  const found = new Map<string, NetworkInterface>();
  const read = async (name: string, values: readonly string[]) => {
    for (const batch of filterBatches(values)) {
      await readInterfaces(ec2, [{ Name: name, Values: batch }], (page) => {
        for (const eni of page) found.set(eni.id, eni);
      });
    }
  };
  await read('group-id', groupIds);
  await read('network-interface-id', interfaceIds);
  return [...found.values()];
}

/** By group id, the clusters that the tags of the groups themselves name. */
async function taggedFor(ec2: EC2Client, groupIds: readonly string[]): Promise<Map<string, readonly string[]>> {
  const named = new Map<string, readonly string[]>();
  for (const batch of filterBatches(groupIds)) {
    await eachPage(
      [
        ec2,
        DescribeSecurityGroupsCommand,
        {
          Filters: [{ Name: 'group-id', Values: batch }],
          MaxResults: PAGE_SIZE,
        },
        'SecurityGroups',
      ],
      (groups) => {
        for (const { GroupId, Tags = [] } of groups) {
          const stated = Tags.filter(({ Key = '' }) => CLUSTER_TAGS.includes(Key));
          if (GroupId && stated.length > 0)
            named.set(
              GroupId,
              stated.flatMap(({ Value = '' }) => clusterNamesIn(Value)),
            );
        }
      },
    );
  }
  return named;
}
