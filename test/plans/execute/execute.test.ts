import { describe, expect, it } from '@jest/globals';
import { stagesOf } from '../../../shared/plans/execute/execute.ts';
import { planFor } from '../candidates.ts';
import { ENIS } from './fake-world.ts';
import { FIRST, IDS, notesOf, ports, run } from './run.ts';

describe('the stages', () => {
  it.each([
    [0, []],
    [1, [1]],
    [6, [1, 5]],
    [7, [1, 5, 1]],
    [100, [1, 5, 94]],
  ])('of %i deletions', (count, sizes) => {
    const [one] = planFor(ENIS).deletions;
    expect(stagesOf(Array.from({ length: count }, () => one).flatMap((each) => each ?? [])).map((stage) => stage.length)).toEqual(sizes);
  });

  it('end with a look at each that was deleted, before the next one begins', async () => {
    const { world } = await run();
    const looks = world.log
      .filter(({ port }, at) => port === 'remove' || (port === 'interface' && !world.log[at]?.good))
      .map(({ port }) => port);
    const stage = (size: number) => [...Array(size).fill('remove'), ...Array(size).fill('interface')];
    expect(looks).toEqual([...stage(1), ...stage(5), ...stage(3)]);
  });
});

describe('one deletion', () => {
  it('claims, asks the owners first and the interface last, records it, deletes it, and records the answer', async () => {
    const { world } = await run();
    expect(ports(world).slice(0, 8)).toEqual(['claim', 'sighting', 'cluster', 'trunk', 'instance', 'interface', 'note', 'remove']);
    expect(notesOf(world, FIRST)).toEqual(['deleting', 'deleted']);
  });

  it('looks again when recording took so long that the answer is old', async () => {
    let slow = 1;
    const { world, statuses } = await run((now, port) => {
      if (port === 'note' && slow-- > 0) now.now += 2_500;
    });
    expect(statuses[0]).toBe('deleted');
    expect(
      ports(world)
        .slice(0, 13)
        .filter((port) => port === 'interface' || port === 'note'),
    ).toEqual(['interface', 'note', 'interface']);
  });

  it('is refused when it never gets a fresh answer, and keeps its sightings', async () => {
    const { world, outcomes } = await run((now, port) => {
      if (port === 'instance') now.now += 11_000;
    });
    expect(outcomes[0]).toMatchObject({ status: 'refused', guard: 'stale-reads' });
    expect(world.removed).toEqual([]);
  });

  it('renews a claim that slow reads made old, and deletes nothing when it is lost by then', async () => {
    let notes = 0;
    const { world, outcomes, stop } = await run((now, port) => {
      if (port === 'note' && notes++ === 0) now.now += 2_500;
      if (port === 'trunk' && notes === 1 && !now.claimLost) Object.assign(now, { now: now.now + 360_000, claimLost: true });
    });
    expect(world.removed).toEqual([]);
    expect(outcomes).toMatchObject([{ interfaceId: FIRST, status: 'failed' }]);
    expect(stop?.says).toContain('was lost');
  });

  it('trusts no answer across a clock that was set back', async () => {
    let notes = 0;
    const { world, outcomes } = await run((now, port) => {
      if (port === 'note' && notes++ === 0) {
        now.now -= 3_600_000;
        now.interfaces.set(FIRST, { ...ENIS[0], status: 'in-use' } as (typeof ENIS)[number]);
      }
    });
    expect(outcomes[0]).toMatchObject({ status: 'refused', guard: 'status-available' });
    expect(world.removed).not.toContain(FIRST);
  });

  it('sees that an audit ended its sightings while it waited for a throttled account', async () => {
    const { world, outcomes } = await run((now, port) => {
      if (port === 'claim' && now.removed.length === 0) now.answers = [{ kind: 'throttled', says: 'x' }];
      if (port === 'sleep' && now.log.some((each) => each.port === 'remove')) now.seen = false;
    });
    expect(outcomes[0]).toMatchObject({ status: 'refused', guard: 'seen-twice' });
    expect(world.removed).toEqual([]);
  });
});

describe('what EC2 answers', () => {
  it.each([
    [{ kind: 'not-found' as const }, 'already-gone', undefined],
    [{ kind: 'in-use' as const, says: 'InUse' }, 'refused', undefined],
    [{ kind: 'denied' as const, says: 'no' }, 'failed', 'denied'],
    [{ kind: 'refused' as const, says: 'no' }, 'failed', 'error'],
    [{ kind: 'unanswered' as const, says: 'hung' }, 'failed', 'error'],
  ])('%j: %s', async (answer, status, why) => {
    const { outcomes, stop, left } = await run((now, port) => {
      if (port === 'claim' && now.log.length < 3) now.answers = [answer];
    });
    expect(outcomes[0]?.status).toBe(status);
    expect(stop?.why).toBe(why);
    expect(left).toEqual(why ? IDS.slice(1) : []);
  });

  it('throttled five times: it gives up, and so does the batch', async () => {
    const { world, stop } = await run((now, port) => {
      if (port === 'remove') now.answers = [{ kind: 'throttled', says: 'x' }];
    });
    expect(ports(world).filter((port) => port === 'remove')).toHaveLength(5);
    expect(stop?.why).toBe('throttled');
  });

  it('nothing, and it is gone: deleted', async () => {
    const { outcomes } = await run((now, port) => {
      if (port !== 'remove' || now.log.some((each) => each.port === 'remove')) return;
      now.answers = [{ kind: 'unanswered', says: 'hung' }];
      now.interfaces.delete(FIRST);
    });
    expect(outcomes[0]).toMatchObject({ status: 'deleted', says: 'deleted: EC2 did not answer (hung), and it is gone' });
  });

  it('deleted, and it is still there: the batch stops, and it stays open in the ledger', async () => {
    const { world, outcomes, stop, left } = await run((now, port) => {
      if (port === 'note' && ENIS[0]) now.interfaces.set(FIRST, ENIS[0]);
    });
    expect(outcomes).toMatchObject([{ interfaceId: FIRST, status: 'failed' }]);
    expect(stop?.why).toBe('unverified');
    expect(notesOf(world, FIRST)).toEqual(['deleting', 'deleted', 'deleting']);
    expect(left).toEqual(IDS.slice(1));
  });
});
