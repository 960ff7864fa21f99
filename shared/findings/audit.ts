// event → request → inventory → verdicts → ledger diff → publish
import { collectAccountId } from '../aws/caller.ts';
import type { Deps } from '../deps.ts';
import type { Target } from '../domain/finding.ts';
import { readOk } from '../domain/read.ts';
import { collect } from '../inventory/collect.ts';
import { sliceCoverage } from '../inventory/coverage.ts';
import { openSession } from '../ledger/session.ts';
import type { Rule } from '../rules/define.ts';
import { RULES } from '../rules/index.ts';
import type { AuditWithReads } from './audit-with-reads.ts';
import { blindReport, buildReport } from './report.ts';
import type { AuditRequest } from './request.ts';
import { openInterfaces, recordRun } from './run/record-run.ts';

/** The rules that are asked for; what could not be read is always said. */
export const rulesFor = ({ rules }: AuditRequest): readonly Rule[] =>
  RULES.filter(({ meta, topic }) => rules.length === 0 || rules.includes(meta.id) || topic === 'coverage');

/** Reads one account and region, judges it, and records what changed. Never throws for a failed read: that is in the report. */
export async function auditWithReads(given: Deps, request: AuditRequest): Promise<AuditWithReads> {
  const deps = { ...given, store: given.store && openSession(given.store) };
  const began = deps.clock();
  const clients = deps.clientsFor(request.region);
  const stats = () => ({
    apiCalls: clients.calls(),
    throttles: clients.throttles(),
    durationMs: deps.clock().getTime() - began.getTime(),
  });
  const { accountId } = request;
  const account = accountId === undefined ? await collectAccountId(clients.sts, deps.clock) : readOk(accountId, began);
  if (!account.ok)
    return {
      report: await blindReport(deps, request, began, account.reason, stats()),
      inventory: {},
      sightings: new Map(),
      acceptances: new Map(),
    };

  const target: Target = { accountId: account.value, region: request.region };
  const rules = rulesFor(request);
  const known = deps.store ? openInterfaces(await deps.store.load(target), rules) : [];
  const inventory = await collect(
    clients,
    {
      needs: neededBy(rules, known),
      knownInterfaces: known,
      clusters: request.clusters,
      corednsSecurityGroups: deps.settings.corednsSecurityGroups,
      onProgress: deps.onProgress,
    },
    deps.clock,
  );
  const coverage = sliceCoverage(inventory);
  const run = await recordRun(deps, { target, request, rules, inventory, coverage, at: began });
  return {
    report: buildReport(deps, { target, at: began, coverage, run, stats: stats() }),
    inventory,
    sightings: run.sightings,
    acceptances: run.acceptances,
  };
}

/** The slices that the rules need; those of open findings that are not listed any more are asked for as well. */
function neededBy(rules: readonly Rule[], known: readonly string[]): Set<Rule['needs'][number]> {
  const needs = new Set(rules.flatMap((rule) => rule.needs));
  if (known.length > 0) needs.add('absentees');
  return needs;
}
