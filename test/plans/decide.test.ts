import { describe, expect, it } from '@jest/globals';
import { decide } from '../../shared/plans/decide.ts';
import { approval, approved, done, HOUR, planOf, proposed, running, time } from './plans.ts';

const ID = planOf(3).digest;
const rejection = approval({ verdict: 'reject' });

describe('an approval', () => {
  it('is written on a plan that waits, with who and when, and people are told', () => {
    const earlier = { plan: ID, event: 'proposed', at: time(0), says: 'waits', recipients: ['sns'] } as const;
    const decided = decide(proposed({}, [earlier]), ID, approval());
    expect(decided).toMatchObject({
      accepted: true,
      says: 'approved by arn:aws:iam::111122223333:user/anna',
      state: {
        plan: { id: ID, status: 'approved', decision: approval() },
        pending: [earlier, { plan: ID, event: 'approved', at: time(10), recipients: ['sns'] }],
      },
    });
  });

  it.each([
    ['unknown', undefined, ID, `there is no plan ${ID}`],
    [
      'of an earlier round',
      proposed({ id: `${ID}-2`, round: 2 }),
      ID,
      `plan ${ID} is over; the same orphans were proven again, and wait as plan ${ID}-2 (waiting)`,
    ],
    ['already approved', approved(), ID, `plan ${ID} was already approved by arn:aws:iam::111122223333:user/anna at ${time(10)}`],
    ['consumed', running(), ID, `plan ${ID} is consumed: it is being carried out since ${time(20)}`],
    ['carried out', done(), ID, `plan ${ID} is consumed: it was carried out at ${time(25)}`],
    [
      'rejected',
      proposed({ status: 'rejected', decision: rejection }),
      ID,
      `plan ${ID} was rejected by arn:aws:iam::111122223333:user/anna at ${time(10)}`,
    ],
    ['expired', proposed({ status: 'expired', says: 'nobody approved it' }), ID, `plan ${ID} expired: nobody approved it`],
    ['of a world that changed', proposed({ status: 'superseded', says: 'the world changed' }), ID, `plan ${ID} is void: the world changed`],
  ])('of a plan that is %s is refused with the reason', (_name, state, id, says) => {
    const decided = decide(state, id, approval());
    expect(decided).toEqual({ accepted: false, says });
  });

  it('is too late the moment that the plan expires, whether a sweep has seen it or not', () => {
    expect(decide(proposed(), ID, approval({ at: time(24 * HOUR) }))).toEqual({
      accepted: false,
      says: `plan ${ID} expired at ${time(24 * HOUR)}`,
    });
    expect(decide(proposed(), ID, approval({ at: time(24 * HOUR - 1) })).accepted).toBe(true);
  });
});

describe('a rejection', () => {
  it.each([
    ['a plan that waits', proposed()],
    ['an approval that no worker has begun to carry out', approved()],
    ['what the mode approved', approved({ decision: approval({ via: 'auto' }) })],
  ])('takes %s', (_name, state) => {
    expect(decide(state, ID, rejection)).toMatchObject({ accepted: true, state: { plan: { status: 'rejected', decision: rejection } } });
  });

  it.each([running(), done()])('comes too late for a consumed plan', (state) => {
    expect(decide(state, ID, rejection)).toMatchObject({ accepted: false, says: expect.stringContaining('consumed') });
  });
});

describe('a click', () => {
  const clicked = { by: 'slack:T0TEAM/U0ANNA/anna', via: 'slack' } as const;

  it.each(['approve', 'reject'] as const)('may %s a plan that waits', (verdict) => {
    const decision = approval({ ...clicked, verdict });
    expect(decide(proposed(), ID, decision)).toMatchObject({ accepted: true, state: { plan: { decision } } });
  });

  it.each([
    ['somebody', approved(), 'arn:aws:iam::111122223333:user/anna'],
    ['the mode', approved({ decision: approval({ via: 'auto', by: 'CLEANUP_MODE=auto' }) }), 'CLEANUP_MODE=auto'],
    ['a click', approved({ decision: approval(clicked) }), clicked.by],
  ])('takes back nothing that %s approved: that takes a terminal', (_name, state, by) => {
    expect(decide(state, ID, approval({ ...clicked, verdict: 'reject' }))).toEqual({
      accepted: false,
      says: `plan ${ID} was already approved by ${by} at ${time(10)}; to take it back: sgp-warden reject ${ID}`,
    });
    expect(decide(state, ID, rejection).accepted).toBe(true);
  });

  it.each([
    approved(),
    running(),
    done(),
    proposed({ status: 'rejected', decision: rejection }),
    proposed({ status: 'expired' }),
    proposed({ status: 'superseded' }),
  ])('is no second answer', (state) => {
    for (const verdict of ['approve', 'reject'] as const) expect(decide(state, ID, approval({ ...clicked, verdict })).accepted).toBe(false);
  });
});
