// A change on its way: event → ledger, and a minute later → judgement.
import { CHANGE } from '../changes/record.ts';
import type { ChangeMessage } from '../events/audit-message.ts';
import type { LedgerRecord } from '../ledger/store.ts';
import type { ChangeState } from '../model/change.ts';
import type { Logger } from '../runtime/log.ts';
import { refuseForeign } from './foreign.ts';
import { type ChangeDeps, judgeChanges } from './judge-changes.ts';
import { publishOwed } from './publish.ts';

/** Records a change, or judges all that were recorded. A change whose event comes again, or late, is not judged twice. */
export async function workChange(deps: ChangeDeps, message: ChangeMessage, log: Logger): Promise<void> {
  const { store } = deps;
  const { accountId, region, change, receivedAt, step } = message;
  const target = { accountId, region };
  const key = CHANGE.key(change.id);
  const state: ChangeState = { change, status: 'pending', receivedAt, judgedAt: null, says: '' };
  const [outcome] = await store.write(target, [{ key, ifVersion: 0, body: { kind: 'change', state } }]);
  if (step === 'record') return log.info('change recorded', { change: change.id, call: change.call, isNew: outcome?.written });
  const there = outcome?.written ? state : stateOf(outcome?.winner);
  if (there?.status !== 'pending') return log.info('change judged already', { change: change.id });
  // Each of a thousand messages would read it all again, while something cannot be read.
  if (there.says !== '') return log.info('change was looked at, and waits for the next sweep', { change: change.id });
  await refuseForeign(deps, message, log);
  if (await judgeChanges(deps, target, log)) await publishOwed(store, target, deps.publishers, log);
}

const stateOf = (record: LedgerRecord | undefined): ChangeState | undefined =>
  record?.body.kind === 'change' ? record.body.state : undefined;
