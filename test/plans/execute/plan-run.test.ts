import { describe, expect, it } from '@jest/globals';
import type { DeletionOutcome, DeletionRecord, Execution, Stop } from '../../../shared/plans/deletion.ts';
import { begin, endedWell, finish } from '../../../shared/plans/execute/plan-run.ts';
import { CLUSTER, eniId } from '../../support/interfaces.ts';
import { approval, approved, done, HOUR, minutes, planOf, proposed, running, time } from '../plans.ts';

const ID = planOf(3).digest;
const as = (mode: 'report' | 'approve' | 'auto', at = 20) => ({ mode, worker: 'worker-2', at: minutes(at) });

describe('begin', () => {
  it('consumes an approved plan for one worker and fifteen minutes', () => {
    expect(begin(approved(), ID, as('approve'))).toMatchObject({
      begun: true,
      state: { plan: { status: 'running', run: { by: 'worker-2', startedAt: time(20), until: time(35) } } },
    });
  });

  it('takes over from a worker that ended, and keeps when the plan was begun', () => {
    expect(begin(running(), ID, as('approve', 35))).toMatchObject({
      begun: true,
      state: { plan: { run: { by: 'worker-2', startedAt: time(20), until: time(50) } } },
    });
  });

  const byMode = approved({ decision: approval({ via: 'auto', by: 'CLEANUP_MODE=auto' }) });
  it('takes what the mode approved in auto mode, and what a person approved in either', () => {
    expect([begin(byMode, ID, as('auto')).begun, begin(approved(), ID, as('auto')).begun]).toEqual([true, true]);
  });

  it.each([
    ['in report mode', approved(), as('report'), 'CLEANUP_MODE is report: this stack deletes nothing'],
    ['that is unknown', undefined, as('approve'), `there is no plan ${ID}`],
    ['that is another round', approved({ id: `${ID}-2` }), as('approve'), `plan ${ID} is over; the ledger has ${ID}-2 in its place`],
    ['that waits', proposed(), as('auto'), `plan ${ID} is waiting, not approved: waits for an approval`],
    ['that was rejected', proposed({ status: 'rejected', says: 'no' }), as('auto'), `plan ${ID} is rejected, not approved: no`],
    ['that is done', done(), as('approve', 60), `plan ${ID} is done, not approved: 3 deleted`],
    ['without an approval on it', running({ decision: approval({ verdict: 'reject' }) }), as('auto', 60), `plan ${ID} carries no approval`],
    ['that only the mode approved', byMode, as('approve'), `plan ${ID} was approved by nobody, and CLEANUP_MODE is approve now`],
    ['whose approval is over', approved(), as('approve', 10 + 24 * HOUR), `the approval of plan ${ID} is over`],
    ['that another worker has', running(), as('approve', 34), `worker worker-1 has it until ${time(35)}`],
  ])('does not begin a plan %s', (_name, state, context, says) => {
    expect(begin(state, ID, context)).toEqual({ begun: false, says });
  });
});

const outcome = (n: number, status: DeletionOutcome['status'], more: Partial<DeletionOutcome> = {}): DeletionOutcome => ({
  ...{ interfaceId: eniId(n), cluster: CLUSTER, findingId: `finding-${n}`, status, says: status },
  ...more,
});
const execution = (outcomes: DeletionOutcome[], why?: Stop['why']): Execution => ({
  outcomes,
  stop: why && { why, says: `because of ${why}` },
  left: [],
});
const record = (n: number, status: DeletionRecord['status'], changes: Partial<DeletionRecord> = {}): DeletionRecord => ({
  ...{ interfaceId: eniId(n), cluster: CLUSTER, findingId: `finding-${n}`, digest: ID, status, lease: { by: 'worker-1', until: time(25) } },
  ...{
    by: 'arn:aws:sts::111122223333:assumed-role/cleanup/cleanup',
    at: time(21),
    proof: [],
    interface: undefined,
    says: `${status} before`,
  },
  ...changes,
});
const resultOf = (finished: ReturnType<typeof finish>) => finished.state.plan.result?.outcomes.map(({ status }) => status);

describe('finish', () => {
  it('ends a plan with what became of each interface, and owes people the result', () => {
    const ended = finish(
      running(),
      [],
      execution([outcome(1, 'deleted'), outcome(2, 'refused', { guard: 'not-excluded' }), outcome(3, 'already-gone')]),
      minutes(25),
    );
    expect(ended.goOn).toBeUndefined();
    expect(ended.state.plan).toMatchObject({ status: 'done', says: '1 deleted, 1 already gone, 1 refused', result: { at: time(25) } });
    expect(ended.state.plan.result?.outcomes[1]).toEqual({
      interfaceId: eniId(2),
      status: 'refused',
      guard: 'not-excluded',
      says: 'refused',
    });
    expect(ended.state.pending).toEqual([
      { plan: ID, event: 'finished', at: time(25), says: '1 deleted, 1 already gone, 1 refused', recipients: ['sns'] },
    ]);
  });

  it('goes on at once when the time was up, and lets the next worker in', () => {
    const ended = finish(running(), [], execution([outcome(1, 'deleted')], 'time'), minutes(25));
    expect(ended).toMatchObject({ goOn: 'now', state: { plan: { status: 'running', run: { until: time(25) } }, pending: [] } });
  });

  it('goes on later when EC2 throttled, and lets nobody in before: the audit that follows would hand it over at once', () => {
    const rests = finish(running(), [], execution([outcome(1, 'failed')], 'throttled'), minutes(25));
    expect(rests).toMatchObject({ goOn: 'later', state: { plan: { status: 'running', run: { until: time(39.5) } } } });
    expect([begin(rests.state, ID, as('approve', 39)).begun, begin(rests.state, ID, as('approve', 40)).begun]).toEqual([false, true]);
  });

  it('goes on later, for the very last one, too, when that was throttled', () => {
    const outcomes = [outcome(1, 'deleted'), outcome(2, 'deleted'), outcome(3, 'failed')];
    expect(finish(running(), [], execution(outcomes, 'throttled'), minutes(25))).toMatchObject({ goOn: 'later', state: { pending: [] } });
  });

  it('goes on later when there was no time for a single one: each invocation would only ask for the next', () => {
    expect(finish(running(), [], execution([], 'time'), minutes(25)).goOn).toBe('later');
  });

  it.each(['denied', 'error', 'unverified'] as const)('does not go on after %s: a person has to understand it first', (why) => {
    const ended = finish(running(), [], execution([outcome(1, 'failed')], why), minutes(25));
    expect(ended.goOn).toBeUndefined();
    expect(ended.state.plan).toMatchObject({ status: 'done', says: `0 deleted, 1 failed, 2 left; stopped: because of ${why}` });
  });

  it('does not go on when nothing is left, or the approval is over', () => {
    expect(
      finish(
        running(),
        [],
        execution(
          [1, 2, 3].map((n) => outcome(n, 'deleted')),
          'time',
        ),
        minutes(25),
      ).state.plan.status,
    ).toBe('done');
    expect(finish(running(), [], execution([], 'time'), minutes(10 + 24 * HOUR)).state.plan.status).toBe('done');
  });

  it('counts what earlier workers of the same run recorded, and nothing of other plans or times', () => {
    const records = [record(1, 'deleted'), record(2, 'deleted', { digest: 'ffffffffffffffff' }), record(3, 'refused', { at: time(19) })];
    expect(resultOf(finish(running(), records, execution([]), minutes(40)))).toEqual(['deleted', 'left', 'left']);
    expect(resultOf(finish(running(), [record(2, 'deleting')], execution([]), minutes(40)))).toEqual(['left', 'left', 'left']);
  });
});

it('whoever goes on is done with what was deleted or refused, and tries again what failed', () => {
  const records = [record(1, 'deleted'), record(2, 'failed'), record(3, 'refused'), record(4, 'deleting')];
  expect(endedWell(running().plan, records).map(({ interfaceId }) => interfaceId)).toEqual([eniId(1), eniId(3)]);
});
