// What a trigger puts on the audit queue.

import type { Target } from '../domain/finding.ts';
import type { Logger } from '../domain/log.ts';
import { type Deletion, parseDeleteCluster } from '../teardowns/delete-cluster-event.ts';
import { LONGEST_DELAY_SECONDS, type Queued } from './messages/queue.ts';

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

/** Throws unless an event is of this account and of a region that it audits. */
export function refuseForeignEvent(what: string, target: Target, { accountId, regions }: Home, log: Logger): void {
  if (target.accountId === accountId && regions.includes(target.region)) return;
  log.count('ForeignEvents');
  throw new Error(`${what} in ${target.accountId} ${target.region} is foreign: this stack audits ${accountId} ${regions.join(', ')}`);
}

function ours(deletion: Deletion, home: Home, log: Logger): Queued[] {
  const target = { accountId: deletion.accountId, region: deletion.region };
  refuseForeignEvent('a deletion', target, home, log);
  return [
    { message: { kind: 'deletion', ...deletion } },
    { message: { kind: 'sweep', trigger: 'ladder', ...target }, delaySeconds: LONGEST_DELAY_SECONDS },
  ];
}
