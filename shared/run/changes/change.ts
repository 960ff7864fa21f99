// A change on its way: event → ledger, and a minute later → judgement.

import type { ChangeState } from '../../changes/change.ts';
import { CHANGE } from '../../changes/record.ts';
import type { Logger } from '../../domain/log.ts';
import { update } from '../../ledger/update.ts';
import { refuseForeign } from '../foreign.ts';
import type { ChangeMessage } from '../messages/audit-message.ts';
import { publishPending } from '../publish.ts';
import { type ChangeDeps, judgeChanges } from './judge-changes.ts';

/** Records a change, or judges all that were recorded. A change whose event comes again, or late, is not judged twice. */
export async function workChange(deps: ChangeDeps, message: ChangeMessage, log: Logger): Promise<void> {
  const { store } = deps;
  const { accountId, region, change, receivedAt, step } = message;
  const target = { accountId, region };
  const state: ChangeState = { change, status: 'pending', receivedAt, judgedAt: null, says: '' };
  const known = await update({ store, target }, CHANGE, CHANGE.key(change.id), (now) => (now ? {} : { state }), { from: undefined });
  if (step === 'record') return log.info('change recorded', { change: change.id, call: change.call, isNew: known.outcome === 'written' });
  const there = known.state;
  if (there?.status !== 'pending') return log.info('change judged already', { change: change.id });
  // Each of a thousand messages would read it all again, while something cannot be read.
  if (there.says !== '') return log.info('change was looked at, and waits for the next sweep', { change: change.id });
  await refuseForeign(deps, message, log);
  if (await judgeChanges(deps, target, log)) await publishPending(store, target, deps.publishers, log);
}
