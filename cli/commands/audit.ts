import { ConfigError } from '../../shared/domain/errors.ts';
import type { AuditReport } from '../../shared/findings/audit-report.ts';
import { headline } from '../../shared/findings/report/headline.ts';
import { auditFields } from '../../shared/findings/report/machine.ts';
import { type AuditView, auditReports } from '../../shared/findings/report/report.ts';
import type { LedgerStore } from '../../shared/ledger/store.ts';
import { cleanupSection } from '../../shared/plans/report/cleanup-status.ts';
import { cleanupFields } from '../../shared/plans/report/proposed-machine.ts';
import { printedJson, SCHEMA_VERSION } from '../../shared/render/json.ts';
import { markdown } from '../../shared/render/markdown.ts';
import { terminal as asText } from '../../shared/render/terminal.ts';
import { type AuditArguments, parseAudit } from '../arguments.ts';
import { auditExitCode, EXIT } from '../exit-code.ts';
import { explainFailure } from '../failure.ts';
import { openLedger } from '../ledger.ts';
import { outputProblem, print, writeOutput } from '../output.ts';
import type { Command, Terminal, World } from '../ports.ts';
import { progress } from '../progress.ts';
import { viewOf } from '../view.ts';
import { acceptCommandLine, auditCommandLine, cleanupCommandLine, decisionCommandLine } from './command-line.ts';
import { type Prepared, prepare } from './prepare.ts';
import { warnOfShortAge } from './warnings.ts';

/** A region that no report could be made of, e.g. because its credentials were refused. */
export interface FailedRegion {
  region: string;
  error: unknown;
}

/** `sgp-warden audit` */
export const auditCommand: Command = async (argv, terminal, world) => {
  const { value: asked, problems } = parseAudit(
    argv,
    world.rules.map((rule) => rule.id),
  );
  let store: LedgerStore | undefined;
  const prepared = await prepare({ regions: asked.regions, problems }, terminal, world, checkOutput(asked), async (regions) => {
    if (problems.length === 0) store = await openLedger(asked.ledger, regions, world);
  });
  await warnOfShortAge(prepared.settings, terminal);
  const { reports, failed } = await auditRegions(asked, prepared, store, terminal, world);
  if (reports.length === 0) throw failureOfAll(failed);
  await deliver(asked, reports, failed, terminal);
  return failed.length > 0 ? EXIT.incomplete : auditExitCode(reports, asked.failOn);
};

const checkOutput =
  ({ output }: AuditArguments) =>
  async () => {
    const problem = output === undefined ? undefined : await outputProblem(output);
    if (problem) throw new ConfigError([problem]);
  };

// One region after the other: they share the caller's rate limits with the controllers of live clusters.
async function auditRegions(asked: AuditArguments, prepared: Prepared, store: LedgerStore | undefined, terminal: Terminal, world: World) {
  const line = progress(terminal);
  const reports: AuditReport[] = [];
  const failed: FailedRegion[] = [];
  try {
    for (const region of prepared.regions) {
      const onProgress = (says: string) => line.says(`${region}: ${says}`);
      onProgress('starting…');
      try {
        const request = { region, clusters: asked.clusters, rules: asked.rules };
        reports.push(await world.audit({ settings: prepared.settings, store, onProgress }, request));
      } catch (error) {
        // One region that is not enabled, or whose credentials are refused, must not cost the others their report.
        failed.push({ region, error });
      }
    }
  } finally {
    line.clear();
  }
  return { reports, failed };
}

/** Why there is no report at all: what a person must correct, when that is all there is. */
function failureOfAll(failed: readonly FailedRegion[]): unknown {
  const errors = failed.map(({ error }) => error);
  const surprise = errors.find((error) => !(error instanceof ConfigError));
  return surprise ?? new ConfigError(errors.flatMap((error) => (error instanceof ConfigError ? error.problems : [])));
}

async function deliver(asked: AuditArguments, reports: readonly AuditReport[], failed: readonly FailedRegion[], terminal: Terminal) {
  const { stdout, stderr, env } = terminal;
  const unread = failed.map(({ region, error }) => ({ region, reason: explainFailure(error).cause }));
  const ledger = asked.ledger ?? '';
  const view: AuditView = {
    asked: { clusters: asked.clusters, rules: asked.rules },
    commandLines: {
      again: (change) => auditCommandLine({ ...asked, ...change }, env),
      cleanup: (region) => cleanupCommandLine({ region, clusters: asked.clusters, ledger: asked.ledger }, env),
      accept: (findingId, until) => acceptCommandLine({ findingId, until, ledger }, env),
    },
    cleanupOf: (report) => cleanupSection(report, (verdict, plan, region) => decisionCommandLine(verdict, { plan, region, ledger }, env)),
  };
  const text = {
    table: () => {
      const { columns, colour } = viewOf(stdout, env);
      return asText(auditReports(reports, unread, view), { columns, colour: colour && asked.output === undefined });
    },
    json: () => printedJson(auditFields(reports, unread, cleanupFields, SCHEMA_VERSION)),
    markdown: () => markdown(auditReports(reports, unread, view)),
  }[asked.format]();
  for (const { region, reason } of unread) await print(stderr, `sgp-warden: ${region} could not be audited: ${reason}\n`);
  if (asked.output === undefined) return print(stdout, text);
  await writeOutput(asked.output, text);
  if (stderr.isTTY)
    await print(stderr, `${reports.map((report) => headline(report, view.asked)).join('\n')}\nwritten to ${asked.output}\n`);
}
