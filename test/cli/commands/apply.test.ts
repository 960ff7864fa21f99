import { describe, expect, it } from '@jest/globals';
import { applyPlan } from '../../../cli/commands/apply.ts';
import type { CleanupControl, World } from '../../../cli/ports.ts';
import { loadConfig } from '../../../shared/settings/config.ts';
import { cleanupReport, execution, outcome, planned } from '../../support/cleanup-reports.ts';
import { eniId } from '../../support/reports.ts';
import { fakeTerminal, fakeWorld } from '../../support/terminal.ts';

const report = cleanupReport({ plan: { deletions: [1, 2, 3].map((n) => planned(n)) } });
const request = { region: 'eu-west-1', clusters: [], max: 100 };

/** A world that deletes one interface after the other as the use case does; `between` comes in the middle of each deletion. */
function deleting(between: (n: number, control: CleanupControl) => void): Partial<World> {
  return {
    applyCleanup: async (_run, _request, report, control) => {
      const done: number[] = [];
      for (const n of [1, 2, 3]) {
        if (control.halt() !== undefined) break;
        await control.sleep(500);
        between(n, control);
        done.push(n);
        control.onProgress(done.length, 3, `${eniId(n)} deleted`);
      }
      const left = [1, 2, 3].filter((n) => !done.includes(n)).map(eniId);
      const why = control.halt();
      const stop = why && { why, says: 'interrupted' };
      return { ...report, execution: execution({ outcomes: done.map((n) => outcome(n)), left, stop }) };
    },
  };
}

async function apply(between: (n: number, world: { interrupt: () => void }) => void, isTTY = false) {
  const world: ReturnType<typeof fakeWorld> = fakeWorld(deleting((n) => between(n, world)));
  const terminal = fakeTerminal({}, isTTY ? { isTTY } : {});
  const applied = applyPlan({ settings: loadConfig({}), store: undefined }, request, report, terminal, world);
  const [result, error] = await applied.then(
    (done) => [done, undefined] as const,
    (failure: unknown) => [undefined, failure] as const,
  );
  return { execution: result?.execution, error, stderr: terminal.stderr.text(), world };
}

describe('applying a plan', () => {
  it('sleeps by the clock of the world, and hears Ctrl-C only meanwhile', async () => {
    const { execution, stderr, world } = await apply(() => {});
    expect(execution).toMatchObject({ stop: undefined, left: [] });
    expect(world.slept).toEqual([500, 500, 500]);
    expect([stderr, world.listeners.size]).toEqual(['', 0]);
  });

  it('draws on a terminal how far it is, and leaves no trace', async () => {
    const { stderr } = await apply(() => {}, true);
    expect(stderr).toContain(`\r\u001b[2K[######--------------] 1/3 ${eniId(1)} deleted`);
    expect(stderr).toContain('[####################] 3/3 ');
    expect(stderr.endsWith('\r\u001b[2K')).toBe(true);
  });

  it('stops after the interface at hand when Ctrl-C is pressed', async () => {
    const { execution, stderr, world } = await apply((n, { interrupt }) => n === 2 && interrupt());
    expect(execution).toMatchObject({ outcomes: [{}, {}], stop: { why: 'interrupted' }, left: [eniId(3)] });
    expect(stderr).toBe('interrupted: finishing the interface at hand, then stopping; what was done is reported.\n');
    // npm hands a Ctrl-C on: it must be heard until the report is printed.
    expect(world.listeners.size).toBe(1);
  });

  it('is not hurried by a second Ctrl-C, and says so', async () => {
    const { execution, stderr } = await apply((n, { interrupt }) => {
      if (n !== 1) return;
      interrupt();
      interrupt();
      interrupt();
    }, true);
    expect(execution).toMatchObject({ outcomes: [{ status: 'deleted' }], left: [eniId(2), eniId(3)] });
    expect(stderr.match(/still finishing the interface at hand/g)).toHaveLength(2);
  });

  it('tells how far it came when it breaks off', async () => {
    const { error, stderr, world } = await apply((n) => {
      if (n === 3) throw new Error('the ledger is gone');
    });
    expect(error).toEqual(new Error('the ledger is gone'));
    expect(stderr).toContain(`broke off after 2 of 3, the last one: ${eniId(2)} deleted. The ledger has`);
    expect(world.listeners.size).toBe(0);
  });
});
