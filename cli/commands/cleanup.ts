import type { CleanupReport } from '../../shared/findings/audit-report.ts';
import type { CleanupRequest } from '../../shared/findings/request.ts';
import type { LedgerStore } from '../../shared/ledger/store.ts';
import { exclusionSection } from '../../shared/plans/report/exclusions.ts';
import { cleanupFields } from '../../shared/plans/report/machine.ts';
import { type Again, nextOfPlan, nextOfResult } from '../../shared/plans/report/next.ts';
import { planReport, suspectsOf } from '../../shared/plans/report/plan.ts';
import { resultReport } from '../../shared/plans/report/result.ts';
import { printedJson } from '../../shared/render/json.ts';
import { terminal as asText } from '../../shared/render/terminal.ts';
import type { Settings } from '../../shared/settings/config.ts';
import { canAsk, confirm } from '../ask.ts';
import { type CleanupArguments, parseCleanup } from '../cleanup-arguments.ts';
import { type CleanupEnd, cleanupExitCode } from '../exit-code.ts';
import { openLedger } from '../ledger.ts';
import { print } from '../output.ts';
import type { Command, Run, Stream, Terminal, World } from '../ports.ts';
import { progress } from '../progress.ts';
import { viewOf } from '../view.ts';
import { applyPlan } from './apply.ts';
import { cleanupCommandLine, historyCommandLine } from './command-line.ts';
import { prepare } from './prepare.ts';
import { waitForSecondLook } from './wait.ts';
import { warnOfHighRate, warnOfNoRecord, warnOfShortAge } from './warnings.ts';

interface Cleanup {
  asked: CleanupArguments;
  settings: Settings;
  store: LedgerStore | undefined;
  request: CleanupRequest;
  terminal: Terminal;
  world: World;
}

/** `sgp-warden cleanup` */
export const cleanupCommand: Command = async (argv, terminal, world) => {
  const { value: asked, problems } = parseCleanup(argv);
  let store: LedgerStore | undefined;
  const { settings, regions } = await prepare({ regions: asked.regions, problems }, terminal, world, async (known) => {
    if (problems.length === 0) store = await openLedger(asked.ledger, known, world);
  });
  // The second look needs the first one, if only for as long as this command lasts.
  if (asked.wait) store ??= await world.memoryLedger();
  await warnOfShortAge(settings, terminal);
  await warnOfHighRate(settings, terminal);
  // Without a problem there is exactly one region: --region may be given once.
  const request = { region: regions[0] ?? '', clusters: asked.clusters, max: asked.max ?? settings.cleanupMax };
  const cleanup: Cleanup = { asked, settings, store, request, terminal, world };

  const first = await plan(cleanup);
  const suspects = asked.wait ? suspectsOf(first) : [];
  if (suspects.length === 0) return decide(cleanup, first);
  const waited = await waitForSecondLook(suspects, settings.minOrphanAgeMinutes, terminal, world);
  if (waited === 'due') return decide(cleanup, await plan(cleanup));
  await print(terminal.stderr, 'interrupted while waiting: nothing was deleted. This is what was found so far.\n');
  return end(cleanup, first, 'interrupted');
};

async function plan({ settings, store, request, terminal, world }: Cleanup): Promise<CleanupReport> {
  const line = progress(terminal);
  try {
    return await world.planCleanup({ settings, store, onProgress: line.says }, request);
  } finally {
    line.clear();
  }
}

/** A plan is printed; one that is to be applied is shown, asked about and carried out. */
async function decide(cleanup: Cleanup, planned: CleanupReport): Promise<number> {
  const { asked, settings, store, request, terminal, world } = cleanup;
  if (!asked.apply) return end(cleanup, planned, 'planned');
  const n = planned.plan.deletions.length;
  const run: Omit<Run, 'onProgress'> = { settings, store };
  if (n > 0) {
    await show(cleanup, planned);
    if (asked.ledger === undefined) await warnOfNoRecord(terminal);
    if (canAsk(terminal) && !(await confirm(`Delete ${n === 1 ? 'this interface' : `these ${n} interfaces`}?`, terminal, world))) {
      await print(terminal.stderr, 'not confirmed: nothing was deleted.\n');
      if (asked.format === 'json') await print(terminal.stdout, printedJson(cleanupFields(planned)));
      return cleanupExitCode(planned, 'declined');
    }
  }
  return end(cleanup, await applyPlan(run, request, planned, terminal, world), 'applied');
}

const againOf = ({ asked, request: { region }, terminal: { env } }: Cleanup): Again => ({
  // What a ledger has seen needs no second wait; what memory has seen is gone.
  cleanup: (change) =>
    cleanupCommandLine({ ...asked, region, apply: false, wait: asked.wait && asked.ledger === undefined, ...change }, env),
  history: asked.ledger === undefined ? undefined : historyCommandLine({ ledger: asked.ledger, region }, env),
});

/** The plan that is about to be applied: in the result, and before the eyes of whoever is asked, wherever the result goes. */
async function show({ asked, terminal }: Cleanup, planned: CleanupReport): Promise<void> {
  const { stdout, stderr, env } = terminal;
  const isTable = asked.format === 'table';
  const plan = (stream: Stream) => print(stream, asText([planReport(planned, asked.clusters)], viewOf(stream, env)));
  if (isTable) await plan(stdout);
  if (canAsk(terminal)) {
    if (!isTable || !stdout.isTTY) await plan(stderr);
  } else if (!isTable) await print(stderr, asText([{ blocks: exclusionSection(planned) }], viewOf(stderr, env)));
}

async function end(cleanup: Cleanup, report: CleanupReport, how: CleanupEnd): Promise<number> {
  const { asked, terminal } = cleanup;
  const { stdout, env } = terminal;
  const { execution, plan } = report;
  const [again, view] = [againOf(cleanup), viewOf(stdout, env)];
  if (asked.format === 'json') await print(stdout, printedJson(cleanupFields(report)));
  // Nothing to delete: what was planned, and what to do, is all there is to say.
  else if (execution && plan.deletions.length > 0)
    await print(stdout, `\n${asText([resultReport(report, execution, nextOfResult(report, again))], view)}`);
  else await print(stdout, asText([planReport(report, asked.clusters, nextOfPlan(report, again))], view));
  return cleanupExitCode(report, how);
}
