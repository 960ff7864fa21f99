import type { Change } from '../../changes/change.ts';
import type { AffectedClusters } from '../../changes/explain.ts';
import type { Deps } from '../../deps.ts';
import type { Logger } from '../../domain/log.ts';
import { describeFailure } from '../../domain/read.ts';
import { collectGroupUsers } from '../../inventory/ec2/group-users.ts';

// What other groups refer to: a rule of a group does not change what a reference to it means.
const REFERENCED: ReadonlySet<Change['what']['kind']> = new Set(['group-deleted', 'vpc-associated', 'vpc-disassociated']);

const isUntold = ({ groupIds, interfaceIds, cluster }: Change): boolean =>
  groupIds.length === 0 && interfaceIds.length === 0 && cluster === null;

/** For every change the clusters that it concerns. When that could not be read, it concerns them all: rather too much is read than a change missed. */
export async function affectedClusters(
  { clientsFor, clock }: Deps,
  region: string,
  changes: readonly Change[],
  log: Logger,
): Promise<AffectedClusters[]> {
  const distinct = (ids: readonly string[]) => [...new Set(ids)].sort();
  const groupIds = distinct(changes.flatMap((change) => change.groupIds));
  const interfaceIds = distinct(changes.flatMap((change) => change.interfaceIds));
  const referenced = distinct(changes.flatMap((change) => (REFERENCED.has(change.what.kind) ? change.groupIds : [])));
  const isAsked = groupIds.length + interfaceIds.length > 0;
  const read = isAsked ? await collectGroupUsers(clientsFor(region).ec2, { groupIds, interfaceIds, referenced }, clock) : undefined;
  if (read && !read.ok)
    log.warn('whom the changes concern could not be read, so all clusters are judged', { reason: describeFailure(read.reason) });
  return changes.map((change) => {
    const users = [...change.groupIds, ...change.interfaceIds].flatMap((id) => [...((read?.ok && read.value.get(id)) || [])]);
    const clusters = distinct([...users, ...(change.cluster === null ? [] : [change.cluster])]);
    const isUnread = read?.ok === false && change.groupIds.length + change.interfaceIds.length > 0;
    return { change, clusters, everywhere: isUntold(change) || isUnread };
  });
}
