import type { CleanupReport } from '../../shared/findings/audit-report.ts';
import type { CleanupRequest } from '../../shared/findings/request.ts';
import type { Run, Terminal, World } from '../ports.ts';
import { bar, progress } from '../progress.ts';

const STOPPING = 'interrupted: finishing the interface at hand, then stopping; what was done is reported.\n';
const STILL_STOPPING =
  'still finishing the interface at hand: a deletion is never left half-way, or nobody would know whether it happened.\n';

/** Carries a plan out, drawing how far it is. Ctrl-C stops it after the interface at hand, however often it is pressed. */
export async function applyPlan(
  run: Omit<Run, 'onProgress'>,
  request: CleanupRequest,
  planned: CleanupReport,
  terminal: Terminal,
  world: World,
): Promise<CleanupReport> {
  const line = progress(terminal);
  let [presses, last] = [0, `nothing of ${planned.plan.deletions.length}`];
  const stop = world.onInterrupt(() => {
    presses += 1;
    line.clear();
    terminal.stderr.write(presses === 1 ? STOPPING : STILL_STOPPING);
  });
  try {
    return await world.applyCleanup({ ...run, onProgress: line.says }, request, planned, {
      halt: () => (presses > 0 ? 'interrupted' : undefined),
      onProgress: (done, total, says) => {
        last = `${done} of ${total}, the last one: ${says}`;
        line.says(`${bar(done, total)} ${says}`);
      },
      sleep: (ms) => world.sleep(ms),
    });
  } catch (error) {
    line.clear();
    // The report is lost with the run; what EC2 was asked for is not.
    terminal.stderr.write(
      `sgp-warden: the cleanup broke off after ${last}. The ledger has what EC2 was asked for; the next run finds out the rest.\n`,
    );
    throw error;
  } finally {
    line.clear();
    // See wait.ts: a Ctrl-C may come twice.
    if (presses === 0) stop();
  }
}
