import { describe, expect, it } from '@jest/globals';
import type { PlanState } from '../../shared/plans/plan.ts';
import { type ProposalContext, propose } from '../../shared/plans/propose.ts';
import { CLUSTER } from '../support/interfaces.ts';
import { approval, approved, done, HOUR, minutes, planOf, proposed, running, time } from './plans.ts';

const context = (changes: Partial<ProposalContext> = {}): ProposalContext => ({
  mode: 'approve',
  expiryHours: 24,
  ledger: 'dynamodb:ledger',
  publishers: ['sns'],
  at: minutes(30),
  ...changes,
});
const fresh = (interfaces: number, cluster = CLUSTER) => ({ cluster, plan: planOf(interfaces) });
const nobody = () => false;
const everybody = () => true;
const sweep = (
  known: readonly PlanState[],
  offered: readonly ReturnType<typeof fresh>[],
  changes: Partial<ProposalContext> = {},
  held = nobody,
) => propose(known, offered, held, context(changes));
const statuses = (states: readonly PlanState[]) =>
  states.map(({ plan }) => `${plan.id === planOf(3).digest ? 'first' : plan.id} ${plan.status}`);
const events = (states: readonly PlanState[]) => states.flatMap(({ pending }) => pending.map(({ event }) => event));

describe('a plan that nobody knows', () => {
  it('is proposed, and people are told of it once', () => {
    const { changed, begin } = sweep([], [fresh(3)]);
    expect(changed).toEqual([
      {
        plan: {
          ...{ id: planOf(3).digest, round: 1, cluster: CLUSTER, plan: planOf(3), status: 'waiting', announced: true },
          ...{ proposedAt: time(30), expiresAt: time(24 * HOUR + 30), ledger: 'dynamodb:ledger', publishers: ['sns'] },
          says: 'waits for an approval',
        },
        pending: [{ plan: planOf(3).digest, event: 'proposed', at: time(30), says: 'waits for an approval', recipients: ['sns'] }],
      },
    ]);
    expect(begin).toEqual([]);
  });

  it('with nothing to delete is none', () => {
    expect(sweep([], [fresh(0)])).toEqual({ changed: [], begin: [] });
  });

  it('in auto mode is approved by the mode, handed over, and no question to anybody', () => {
    const { changed, begin } = sweep([], [fresh(3)], { mode: 'auto' });
    expect(changed).toMatchObject([
      { plan: { status: 'approved', announced: false, decision: { by: 'CLEANUP_MODE=auto', via: 'auto', at: time(30) } }, pending: [] },
    ]);
    expect(begin).toEqual([planOf(3).digest]);
  });
});

describe('a plan that waits', () => {
  it('is left alone while the world is the same', () => {
    expect(sweep([proposed()], [fresh(3)])).toEqual({ changed: [], begin: [] });
  });

  it('dies when the world changes; the next one says whose place it takes, and is the only thing told', () => {
    const { changed } = sweep([proposed()], [fresh(4)]);
    expect(statuses(changed)).toEqual(['first superseded', `${planOf(4).digest} waiting`]);
    expect(changed[0]?.plan.says).toBe(`the world changed: plan ${planOf(4).digest} takes its place (1 more, 0 fewer)`);
    expect(events(changed)).toEqual(['proposed']);
    expect(changed[1]?.plan.says).toBe(`waits for an approval, in place of plan ${planOf(3).digest}: the world changed`);
  });

  it('dies, and people are told, when nothing of it is left', () => {
    const { changed } = sweep([proposed()], []);
    expect(statuses(changed)).toEqual(['first superseded']);
    expect(events(changed)).toEqual(['superseded']);
  });

  it('neither dies nor is replaced while something of its cluster could not be read', () => {
    expect(sweep([proposed()], [], {}, everybody)).toEqual({ changed: [], begin: [] });
    expect(sweep([proposed()], [fresh(2)], {}, everybody)).toEqual({ changed: [], begin: [] });
  });

  it('is not touched by what happens to another cluster', () => {
    const { changed } = sweep([proposed()], [fresh(3), { cluster: 'other', plan: { ...planOf(2), digest: 'ffffffffffffffff' } }]);
    expect(changed.map(({ plan }) => plan.cluster)).toEqual(['other']);
  });

  it('expires, even unread, and waits in the next round without being announced again', () => {
    const at = minutes(24 * HOUR);
    const [state, ...more] = sweep([proposed()], [fresh(3)], { at }).changed;
    expect(more).toEqual([]);
    expect(state?.plan).toMatchObject({ id: `${planOf(3).digest}-2`, round: 2, status: 'waiting', proposedAt: at.toISOString() });
    expect(state?.pending).toMatchObject([{ event: 'expired', plan: planOf(3).digest }]);
    expect(sweep([proposed()], [], { at }, everybody).changed).toMatchObject([{ plan: { status: 'expired' } }]);
  });

  it('is approved by the mode when that has become auto', () => {
    const { changed, begin } = sweep([proposed()], [fresh(3)], { mode: 'auto' });
    expect(changed).toMatchObject([{ plan: { status: 'approved', decision: { via: 'auto' } } }]);
    expect(begin).toEqual([`${planOf(3).digest}-2`]);
  });
});

describe('a plan that is approved', () => {
  it('is handed over at every sweep until a worker begins', () => {
    expect(sweep([approved()], [fresh(3)])).toEqual({ changed: [], begin: [planOf(3).digest] });
  });

  it('dies when the world changes before a worker begins, and the next one says that the approval is void', () => {
    const { changed, begin } = sweep([approved()], [fresh(4)]);
    expect(begin).toEqual([]);
    expect(changed[1]?.plan.says).toContain('whose approval by arn:aws:iam::111122223333:user/anna is void');
  });

  it.each([
    ['asked about before', proposed({ plan: planOf(4), status: 'superseded' }), 'waiting'],
    ['rejected before', proposed({ plan: planOf(4), status: 'rejected', decision: approval({ verdict: 'reject' }) }), 'rejected'],
  ])(
    'dies for a world that people were %s: nobody is asked again, so they are told that the approval is void',
    (_name, before, becomes) => {
      const { changed } = sweep([approved(), before], [fresh(4)]);
      expect(changed[0]).toMatchObject({ plan: { status: 'superseded' }, pending: [{ event: 'superseded', plan: planOf(3).digest }] });
      const id = becomes === 'waiting' ? `${planOf(4).digest}-2` : planOf(4).digest;
      expect(changed[0]?.pending[0]?.says).toContain(`plan ${id} takes its place`);
      expect(changed[0]?.pending[0]?.says).toContain('the approval by arn:aws:iam::111122223333:user/anna is void');
      expect(changed.slice(1).map(({ plan, pending }) => [plan.id, plan.status, pending])).toEqual(
        becomes === 'waiting' ? [[id, 'waiting', []]] : [],
      );
    },
  );

  it('is over when no worker began in as long as it could have waited', () => {
    const at = minutes(10 + 24 * HOUR);
    expect(sweep([approved()], [], { at }, everybody).changed).toMatchObject([
      { plan: { status: 'expired' }, pending: [{ event: 'expired' }] },
    ]);
    expect(sweep([approved()], [], { at: new Date(at.getTime() - 1) }, everybody)).toEqual({ changed: [], begin: [planOf(3).digest] });
  });

  it('by a mode that is not in force any more asks for a person', () => {
    const byMode = approved({ decision: approval({ via: 'auto', by: 'CLEANUP_MODE=auto' }), announced: false });
    const { changed, begin } = sweep([byMode], [fresh(3)]);
    expect(changed).toMatchObject([{ plan: { status: 'waiting', round: 2 }, pending: [{ event: 'proposed' }] }]);
    expect(begin).toEqual([]);
  });
});

describe('a plan under way', () => {
  it('keeps its cluster from being planned for, whatever the audit shows meanwhile', () => {
    expect(sweep([running()], [fresh(2)])).toEqual({ changed: [], begin: [] });
  });

  it('whose worker ended is handed over again, and still keeps its cluster', () => {
    expect(sweep([running()], [fresh(2)], { at: minutes(35) })).toEqual({ changed: [], begin: [planOf(3).digest] });
  });

  it('whose worker never came back is over with its approval', () => {
    const { changed, begin } = sweep([running()], [], { at: minutes(10 + 24 * HOUR) }, everybody);
    expect(changed).toMatchObject([{ plan: { status: 'expired' } }]);
    expect(begin).toEqual([]);
  });
});

describe('a plan that is over', () => {
  it.each([
    ['carried out', done()],
    ['superseded', proposed({ status: 'superseded' })],
    ['expired', proposed({ status: 'expired' })],
  ])('%s: the same world, proven again, waits in a next round, and nobody is told twice', (_name, state) => {
    const { changed } = sweep([state], [fresh(3)]);
    expect(changed).toMatchObject([{ plan: { id: `${planOf(3).digest}-2`, status: 'waiting' }, pending: [] }]);
    expect(changed[0]?.plan).not.toHaveProperty('decision');
  });

  it.each(['approve', 'auto'] as const)('rejected: in %s mode nobody is asked again about the same world', (mode) => {
    const rejected = proposed({ status: 'rejected', decision: approval({ verdict: 'reject' }) });
    expect(sweep([rejected], [fresh(3)], { mode })).toEqual({ changed: [], begin: [] });
    expect(statuses(sweep([rejected], [fresh(4)]).changed)).toEqual(['first superseded', `${planOf(4).digest} waiting`]);
  });

  it('rejected, and its world changed: in auto mode people are asked about what is left, and the rejection stays', () => {
    const rejected = proposed({ status: 'rejected', decision: approval({ verdict: 'reject' }) });
    const { changed, begin } = sweep([rejected], [fresh(2)], { mode: 'auto' });
    expect([statuses(changed), events(changed), begin]).toEqual([['first superseded', `${planOf(2).digest} waiting`], ['proposed'], []]);
    // And so it does when the sweep comes again, when that world is back, and when that one has changed once more.
    expect(sweep(changed, [fresh(2)], { mode: 'auto' })).toEqual({ changed: [], begin: [] });
    const back = sweep(changed, [fresh(3)], { mode: 'auto' });
    expect([statuses(back.changed), back.begin]).toEqual([[`${planOf(2).digest} superseded`], []]);
    const [first] = changed;
    expect(sweep([...(first ? [first] : []), ...back.changed], [fresh(1)], { mode: 'auto' }).begin).toEqual([]);
  });

  it('carried out, and nothing of it went: auto tries it again when its time is over, not at every sweep', () => {
    const tried = done({ decision: approval({ via: 'auto' }), announced: false });
    const again = 25 + 24 * HOUR;
    expect(sweep([tried], [fresh(3)], { mode: 'auto', at: minutes(again - 1) })).toEqual({ changed: [], begin: [] });
    expect(sweep([tried], [fresh(3)], { mode: 'auto', at: minutes(again) }).begin).toEqual([`${planOf(3).digest}-2`]);
    // Another world is another plan.
    expect(sweep([tried], [fresh(4)], { mode: 'auto' }).begin).toEqual([planOf(4).digest]);
  });

  it('is left alone when its orphans are gone', () => {
    expect(sweep([done(), proposed({ status: 'expired' })], [])).toEqual({ changed: [], begin: [] });
  });
});

describe('the look that a cleanup asked for', () => {
  it('begins nothing new in auto mode, and hands over what was approved before', () => {
    expect(sweep([done()], [fresh(4)], { mode: 'auto', isAftermath: true })).toEqual({ changed: [], begin: [] });
    const byMode = approved({ decision: approval({ via: 'auto' }) });
    expect(sweep([byMode], [fresh(3)], { mode: 'auto', isAftermath: true }).begin).toEqual([planOf(3).digest]);
  });

  it('asks people about what is left', () => {
    expect(events(sweep([done()], [fresh(4)], { isAftermath: true }).changed)).toEqual(['proposed']);
  });
});

it('owes nobody anything where nobody publishes', () => {
  const { changed } = sweep([proposed({}, [])], [fresh(4)], { publishers: [] });
  expect(changed.flatMap(({ pending }) => pending)).toEqual([]);
});
