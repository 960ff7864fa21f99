import type { Run, World } from '../../cli/ports.ts';
import { run } from '../../cli/run.ts';
import type { CleanupReport } from '../../shared/findings/audit-report.ts';
import { cleanupReport, execution, outcome, planned } from './cleanup-reports.ts';
import { fakeTerminal, fakeWorld } from './terminal.ts';

/** Two interfaces to delete. */
export const two = cleanupReport({ plan: { deletions: [planned(1), planned(2)] } });
const done = (report: CleanupReport): CleanupReport => ({ ...report, execution: execution({ outcomes: [outcome(1), outcome(2)] }) });

interface Given {
  /** What each look finds, the last one from then on. */
  looks?: readonly CleanupReport[];
  parts?: Partial<World>;
  env?: Record<string, string>;
  isTTY?: boolean;
  /** The result goes into a file. */
  isRedirected?: boolean;
  typed?: string;
}

/** `sgp-warden cleanup` in a world that finds what it is told to. */
export async function cleanup(
  line: string,
  { looks = [two], parts = {}, env = {}, isTTY = false, isRedirected = false, typed }: Given = {},
) {
  const terminal = fakeTerminal({ AWS_REGION: 'eu-west-1', ...env }, { isTTY }, typed);
  if (isRedirected) terminal.stdout.isTTY = false;
  const runs: Run[] = [];
  const applied: CleanupReport[] = [];
  const world = fakeWorld({
    planCleanup: async (run, request) => {
      runs.push(run);
      world.cleanups.push(request);
      return looks[Math.min(runs.length, looks.length) - 1] ?? two;
    },
    applyCleanup: async (_run, _request, report) => {
      applied.push(report);
      return done(report);
    },
    ...parts,
  });
  const code = await run(['cleanup', ...line.split(' ').filter(Boolean)], terminal, world);
  return { code, stdout: terminal.stdout.text(), stderr: terminal.stderr.text(), world, runs, applied };
}
