// open findings → plan → guards → execute → ledger → publish

import { sentenceOf } from '../content/words.ts';
import type { Deps } from '../deps.ts';
import { auditWithReads } from '../findings/audit.ts';
import type { CleanupReport } from '../findings/audit-report.ts';
import type { CleanupRequest } from '../findings/request.ts';
import { memoryStore } from '../ledger/memory.ts';
import { recipientsOf } from '../ledger/outbox.ts';
import { ruleIds } from '../rules/find.ts';
import { type CleanupControl, executePlan } from './execute/execute-plan.ts';
import { isUnlockedBy } from './make-plan.ts';
import { planFrom } from './plan-from-audit.ts';

export type { CleanupControl } from './execute/execute-plan.ts';

/** Audits, and says what would be deleted, what not, and why. Changes nothing in AWS. */
export async function planCleanup(deps: Deps, { region, clusters, max }: CleanupRequest): Promise<CleanupReport> {
  const audited = await auditWithReads(deps, { region, clusters, rules: ruleIds('leftovers') });
  const plan = planFrom(audited, deps.settings, max, deps.clock());
  return { audit: audited.report, plan, exclusions: deps.settings.exclusions, execution: undefined, freed: [] };
}

/** Carries a plan out under every guard again, and audits once more to tell what became free. */
export async function applyCleanup(
  deps: Deps,
  request: CleanupRequest,
  planned: CleanupReport,
  control: CleanupControl,
): Promise<CleanupReport> {
  const { plan } = planned;
  if (request.region !== plan.target.region) {
    throw new Error(`the plan is for ${plan.target.region}, this run is for ${request.region}: nothing is deleted`);
  }
  const { clock, settings } = deps;
  // Sightings of a run without a ledger end with it; the claims need a place all the same.
  const store = deps.store ?? memoryStore();
  const clients = deps.clientsFor(request.region);
  const publishers = recipientsOf(deps.publishers, await store.load(plan.target));
  const execution = await executePlan({ settings, clients, store, publishers, clock }, plan, request.max, control);
  const after = await auditWithReads(
    { ...deps, store },
    { region: request.region, clusters: request.clusters, rules: ruleIds('leftovers') },
  );
  const still = new Set(after.report.findings.map((finding) => finding.id));
  const pinned = planned.audit.findings.filter((finding) => finding.leftover === 'pinned');
  const gone = new Set(
    execution.outcomes.flatMap(({ interfaceId, status }) => (status === 'deleted' || status === 'already-gone' ? [interfaceId] : [])),
  );
  // Free only by what was read now: a gap in the last audit claims nothing.
  const isKnown = after.report.coverage.every((each) => each.ok);
  const freed = isKnown ? pinned.filter((finding) => !still.has(finding.id) && isUnlockedBy(finding, gone)) : [];
  // A gap in the last look makes the whole run incomplete: what it says of the result may not be all.
  const audit = isKnown ? planned.audit : { ...planned.audit, coverage: after.report.coverage };
  return { ...planned, audit, execution, freed: freed.map((finding) => ({ subject: finding.subject, summary: sentenceOf(finding) })) };
}
