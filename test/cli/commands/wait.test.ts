import { describe, expect, it } from '@jest/globals';
import { countdown, waitForSecondLook } from '../../../cli/commands/wait.ts';
import type { World } from '../../../cli/ports.ts';
import type { Finding } from '../../../shared/domain/finding.ts';
import { leftover } from '../../support/leftovers.ts';
import { NEWEST } from '../../support/reports.ts';
import { fakeTerminal, fakeWorld } from '../../support/terminal.ts';

const MINUTE = 60_000;
const suspect = leftover(1, { state: 'suspect' });

/** A suspect that was first seen so many minutes ago. */
function seen(minutesAgo: number): Finding {
  const first = new Date(Date.parse(NEWEST) - minutesAgo * MINUTE).toISOString();
  return { ...suspect, evidence: { ...suspect.evidence, sightings: { count: 1, first, newest: first } } };
}

async function wait(suspects: readonly Finding[], minAge = 30, parts: Partial<World> = {}, isTTY = false) {
  const world = fakeWorld(parts);
  const terminal = fakeTerminal({}, isTTY ? { isTTY, columns: 80 } : {});
  const came = await waitForSecondLook(suspects, minAge, terminal, world);
  return { came, world, stderr: terminal.stderr.text(), waited: world.slept.reduce((sum, ms) => sum + ms, 0) };
}

describe('waiting for the second look', () => {
  it.each([
    ['first seen now', [seen(0)], 30, 30],
    ['first seen 20 minutes ago, by the ledger', [seen(20)], 30, 10],
    ['until the last of several is due', [seen(29), seen(5)], 30, 25],
    ['that is due already', [seen(45)], 30, 0],
    ['without a minimum age', [seen(0)], 0, 0],
    ['whose first sighting lies in the future: no longer than the minimum age', [seen(-600)], 30, 30],
    ['whose first sighting is not known', [{ ...suspect, evidence: {}, firstSeen: 'long ago' }], 30, 30],
  ])('%s', async (_, suspects, minAge, minutes) => {
    const { came, waited } = await wait(suspects, minAge);
    expect(came).toBe('due');
    expect(waited).toBe(minutes * MINUTE + 5_000);
  });

  it('says in one line until when, where nobody watches', async () => {
    expect((await wait([seen(0), seen(0)])).stderr).toBe(
      'waiting until 2026-11-20 19:06 UTC to look at 2 suspects a second time; Ctrl-C ends it, and nothing is deleted before\n',
    );
  });

  it('counts down on a terminal, and leaves no trace', async () => {
    const { stderr, world } = await wait([seen(28)], 30, {}, true);
    const lines = stderr.split('\r\u001b[2K').filter(Boolean);
    expect(lines.slice(0, 2)).toEqual([
      'second look at 1 suspect in 2:05, at 18:38 UTC (Ctrl-C ends it)',
      'second look at 1 suspect in 2:04, at 18:38 UTC (Ctrl-C ends it)',
    ]);
    expect(lines).toHaveLength(125);
    expect(stderr.endsWith('\r\u001b[2K')).toBe(true);
    expect(world.slept.every((ms) => ms === 1_000)).toBe(true);
  });

  it('follows the clock: a laptop that slept does not wait for what has passed', async () => {
    let now = Date.parse(NEWEST);
    const slept: number[] = [];
    const { came } = await wait([seen(0)], 30, {
      clock: () => new Date(now),
      sleep: async (ms) => {
        slept.push(ms);
        now += slept.length === 2 ? 60 * MINUTE : ms;
      },
    });
    expect(came).toBe('due');
    expect(slept).toHaveLength(2);
  });

  it('ends with Ctrl-C at once, and goes on hearing it: npm hands it on a second time', async () => {
    let naps = 0;
    const world: World & { interrupt: () => void; listeners: Set<() => void> } = fakeWorld({
      sleep: async (_ms, signal) => {
        naps += 1;
        if (naps === 3) world.interrupt();
        expect(signal?.aborted).toBe(naps === 3);
      },
    });
    expect(await waitForSecondLook([seen(0)], 30, fakeTerminal(), world)).toBe('interrupted');
    expect(naps).toBe(3);
    expect(world.listeners.size).toBe(1);
  });

  it('leaves Ctrl-C alone afterwards', async () => {
    expect((await wait([seen(0)])).world.listeners.size).toBe(0);
  });

  it.each([
    [1, '0:01'],
    [59_000, '0:59'],
    [30 * MINUTE, '30:00'],
    [60 * MINUTE + 1, '1:00:01'],
  ])('%d ms are %s', (ms, shown) => {
    expect(countdown(ms)).toBe(shown);
  });
});
