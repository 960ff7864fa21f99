// What a trigger puts on the audit queue.
import { type Deletion, parseDeleteCluster } from '../events/delete-cluster.ts';
import type { Logger } from '../runtime/log.ts';
import { LONGEST_DELAY_SECONDS, type Queued } from './queue.ts';

/** Where the stack is at home: its account, and the regions that it audits. */
export interface Home {
  accountId: string;
  regions: readonly string[];
}

/** A sweep of every region. */
export const sweeps = ({ accountId, regions }: Home): Queued[] =>
  regions.map((region) => ({ message: { kind: 'sweep', trigger: 'schedule', accountId, region } }));

/**
 * What a cluster event asks for: the deletion recorded now, a look when one SQS delay has passed, the rest by the schedule.
 * An event that is none asks for nothing. One of a foreign account or region throws, so that it ends in the dead letters.
 */
export function deletionRequests(event: unknown, home: Home, log: Logger): Queued[] {
  const parsed = parseDeleteCluster(event);
  if (!parsed.ok) {
    log.warn('event ignored', { reason: parsed.reason });
    log.count('BadEvents');
    return [];
  }
  return ours(parsed.value, home, log);
}

function ours(deletion: Deletion, { accountId, regions }: Home, log: Logger): Queued[] {
  const target = { accountId: deletion.accountId, region: deletion.region };
  if (deletion.accountId !== accountId || !regions.includes(deletion.region)) {
    log.count('ForeignEvents');
    throw new Error(`a deletion in ${target.accountId} ${target.region} is foreign: this stack audits ${accountId} ${regions.join(', ')}`);
  }
  return [
    { message: { kind: 'deletion', ...deletion } },
    { message: { kind: 'sweep', trigger: 'ladder', ...target }, delaySeconds: LONGEST_DELAY_SECONDS },
  ];
}
