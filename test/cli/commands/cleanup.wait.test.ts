import { describe, expect, it } from '@jest/globals';
import type { World } from '../../../cli/ports.ts';
import { cleanupReport, refused, suspected } from '../../support/cleanup-reports.ts';
import { cleanup, two } from '../../support/cleanup-run.ts';

describe('cleanup --wait', () => {
  it('is the Friday evening in one command: two looks in one memory, then the deletion', async () => {
    const { code, world, runs, applied } = await cleanup('--wait --apply', { looks: [suspected(1, 2), two] });
    expect(code).toBe(0);
    expect(runs.map(({ store }) => store?.name)).toEqual(['memory', 'memory']);
    expect(runs[0]?.store).toBe(runs[1]?.store);
    expect(world.slept.reduce((sum, ms) => sum + ms, 0)).toBe(30 * 60_000 + 5_000);
    expect(applied).toEqual([two]);
  });

  it('prints the second plan, with a command that waits again: memory forgets', async () => {
    const { code, stdout } = await cleanup('--wait', { looks: [suspected(1, 2), two] });
    expect(code).toBe(0);
    expect(stdout).toContain('sgp-warden cleanup --region eu-west-1 --wait --apply\n');
    expect((await cleanup('--wait --ledger w.json', { looks: [suspected(1), two] })).stdout).toContain('--ledger w.json --apply\n');
  });

  it('uses the given ledger', async () => {
    expect((await cleanup('--wait --ledger w.json', { looks: [suspected(1), two] })).runs.map(({ store }) => store?.name)).toEqual([
      'w.json',
      'w.json',
    ]);
  });

  it('waits for nothing but a missing second look', async () => {
    const excluded = cleanupReport({ plan: { refusals: [refused(1, 'not-excluded')] } });
    const { world, runs } = await cleanup('--wait', { looks: [excluded] });
    expect([world.slept, runs.length]).toEqual([[], 1]);
  });

  it('looks a second time only, even if suspects remain', async () => {
    const { code, runs } = await cleanup('--wait --apply', { looks: [suspected(1), suspected(2)] });
    expect([code, runs.length]).toEqual([1, 2]);
  });

  it('ends with Ctrl-C: what was found so far, nothing deleted, exit 1', async () => {
    const sleep = async () => heard.world.interrupt();
    const heard: { world: { interrupt: () => void } } = { world: { interrupt: () => {} } };
    const parts: Partial<World> = {
      sleep,
      onInterrupt: (listener) => {
        heard.world = { interrupt: listener };
        return () => {};
      },
    };
    for (const line of ['--wait', '--wait --apply']) {
      const { code, stdout, stderr, runs, applied } = await cleanup(line, { looks: [suspected(1), two], parts });
      expect([code, runs.length, applied]).toEqual([1, 1, []]);
      expect(stderr).toContain('interrupted while waiting: nothing was deleted.');
      expect(stdout).toContain('nothing to delete and 1 refused');
    }
    const json = await cleanup('--wait --format json', { looks: [suspected(1), two], parts });
    expect([json.code, JSON.parse(json.stdout).plan.refusals.length]).toEqual([1, 1]);
  });
});
