import { describe, expect, it } from '@jest/globals';
import type { DeletionRecord } from '../../../shared/plans/deletion.ts';
import type { Answered, FakeWorld } from './fake-world.ts';
import { FIRST, IDS, run, SECOND } from './run.ts';

describe('one that a worker left in the middle of its deletion', () => {
  const previous = {
    status: 'deleting',
    lease: { by: 'dead', until: '2026-11-20T17:05:00.000Z' },
    at: '2026-11-20T17:00:00.000Z',
  } as DeletionRecord;
  const says = expect.stringContaining('worker dead was about to delete it at 2026-11-20T17:00:00.000Z');

  it('is recorded as deleted when EC2 does not describe it any more', async () => {
    const { world, outcomes } = await run((now) => {
      now.previous = previous;
      now.interfaces.delete(FIRST);
    });
    expect(outcomes[0]).toMatchObject({ interfaceId: FIRST, status: 'deleted', says });
    expect(world.removed).not.toContain(FIRST);
  });

  it('is recorded as deleted when EC2 still described it, and says at the delete that it does not exist', async () => {
    const { outcomes } = await run((now, port) => {
      if (port === 'claim' && now.log.length < 3) Object.assign(now, { previous, answers: [{ kind: 'not-found' }] });
      if (port === 'note' && now.log.some((each) => each.port === 'remove')) now.interfaces.delete(FIRST);
    });
    expect(outcomes[0]).toMatchObject({ interfaceId: FIRST, status: 'deleted', says });
  });
});

describe('a batch', () => {
  it('stops before the next one when somebody pressed Ctrl-C while it waited for its turn', async () => {
    const { outcomes, stop, left } = await run((now, port) => {
      if (port === 'sleep' && now.removed.length === 2) now.halt = 'interrupted';
    });
    expect(outcomes.map((outcome) => outcome.interfaceId)).toEqual([FIRST, SECOND]);
    expect(stop?.why).toBe('interrupted');
    expect(left).toEqual(IDS.slice(2));
  });

  it('does not ask a throttled account again once somebody pressed Ctrl-C', async () => {
    const { world, outcomes, stop, left } = await run((now, port) => {
      if (port === 'remove') Object.assign(now, { answers: [{ kind: 'throttled', says: 'x' }], halt: 'interrupted' });
    });
    expect(world.log.filter(({ port }) => port === 'remove')).toHaveLength(1);
    expect(outcomes).toMatchObject([{ interfaceId: FIRST, status: 'refused', guard: 'throttled' }]);
    expect(stop?.why).toBe('interrupted');
    expect(left).toEqual(IDS.slice(1));
  });

  it('waits its turn before each', async () => {
    const { world } = await run();
    const times = world.log.filter(({ port }) => port === 'remove').map(({ at }) => at);
    expect(times.slice(1).every((at, index) => at - (times[index] ?? 0) >= 500)).toBe(true);
  });

  it.each(['deleting', 'deleted'])('that cannot write "%s" stops, and still tells what it did before', async (status) => {
    const { world, outcomes, left } = await run((now, port) => {
      const notes = now.log.filter((each) => each.port === 'note' && each.id === SECOND).length;
      const isAtIt = now.log.some((each) => each.port === 'claim' && each.id === SECOND);
      if (port === 'note' && isAtIt && notes === (status === 'deleting' ? 0 : 1)) now.claimLost = true;
    });
    expect(outcomes).toMatchObject([
      { interfaceId: FIRST, status: 'deleted' },
      { interfaceId: SECOND, status: 'failed', says: expect.stringContaining('not recorded') },
    ]);
    expect(world.removed).toEqual(status === 'deleting' ? [FIRST] : [FIRST, SECOND]);
    expect(left).toEqual(IDS.slice(2));
  });

  it('stops when its reads are throttled, and goes on past one that only this interface has', async () => {
    const at = (failing: FakeWorld['failing']) => (now: FakeWorld, port: Answered['port']) => {
      if (port === 'claim') now.failing = now.removed.length === 1 && now.log.at(-1)?.id !== SECOND ? failing : undefined;
    };
    const throttled = await run(at('throttled'));
    expect(throttled.outcomes.at(-1)).toMatchObject({ interfaceId: SECOND, status: 'failed' });
    expect(throttled.stop?.why).toBe('throttled');
    let struck = false;
    const malformed = await run((now, port) => {
      if (port !== 'claim') return;
      now.failing = now.removed.length === 1 && !struck ? 'malformed' : undefined;
      struck ||= now.failing !== undefined;
    });
    expect(malformed.statuses).toEqual(['deleted', 'refused', ...Array(7).fill('deleted')]);
  });

  it('keeps to the cap whatever its plan holds', async () => {
    const { world, outcomes } = await run(undefined, { max: 2 });
    expect(world.removed).toEqual([FIRST, SECOND]);
    expect(outcomes.slice(2).map((outcome) => outcome.guard)).toEqual(Array(7).fill('batch-limit'));
  });

  it('never reads in a burst to see what is gone', async () => {
    const { world } = await run();
    const looks = world.log.filter(({ port, good }) => port === 'interface' && !good).map(({ at }) => at);
    expect(looks.slice(1).every((at, index) => at - (looks[index] ?? 0) >= 50)).toBe(true);
  });
});
