import { diff } from '../ledger/diff.ts';
import { findingsOf, sightingsOf, toChanges } from '../ledger/records.ts';
import { foldSightings } from '../ledger/sightings.ts';
import type { Finding, Target, Transition } from '../model/finding.ts';
import type { Inventory, SliceCoverage } from '../model/inventory.ts';
import { type FindingState, findingKey, type LedgerChange, type LedgerOutcome, type LedgerRecord, sightingKey } from '../model/ledger.ts';
import { readOk } from '../model/read.ts';
import type { Verdict } from '../model/verdict.ts';
import { observe } from '../proof/observe.ts';
import type { Rule } from '../rules/define.ts';
import { type Judged, judge } from '../rules/judge.ts';
import { messageOf } from '../runtime/aws-errors.ts';
import { absenceFrom } from './absence.ts';
import type { Deps } from './deps.ts';
import type { AuditRequest } from './request.ts';

export interface Run {
  target: Target;
  request: AuditRequest;
  rules: readonly Rule[];
  inventory: Inventory;
  coverage: readonly SliceCoverage[];
  at: Date;
}

export interface RecordedRun {
  judged: Judged;
  /** What this run saw fail. */
  findings: readonly Finding[];
  /** Open findings in scope that this run neither saw fail nor settled, and why. */
  unsettled: readonly { finding: Finding; reason: string }[];
  transitions: readonly Transition[];
  /** Why the ledger does not hold this run, when it does not. */
  unrecorded?: string;
}

// Another run may write between our read and our write. What we read of AWS stays true, so judging it again against the
// winner's records is enough; losing three times in a row means that something else is wrong.
const ATTEMPTS = 3;

/** The ids of interfaces with open findings of these rules. */
export function openInterfaces(records: readonly LedgerRecord[], rules: readonly Rule[]): string[] {
  const ids = new Set(rules.map((rule) => rule.meta.id));
  return [...findingsOf(records).values()]
    .filter((state) => state.status === 'open' && ids.has(state.finding.ruleId) && state.finding.subject.type === 'network-interface')
    .map((state) => state.finding.subject.id);
}

/** Judges what was read against what the ledger knows, and writes what changed. */
export async function recordRun(deps: Deps, run: Run): Promise<RecordedRun> {
  const told: Transition[] = [];
  const ended = new Set<string>();
  for (let attempt = 1; ; attempt += 1) {
    const records = (await deps.store?.load(run.target)) ?? [];
    const { sightings, changed, ...recorded } = judgeRun(deps, run, records, ended);
    const outcomes = await write(deps, run.target, toChanges(records, sightings, changed));
    if ('unrecorded' in outcomes) return { ...recorded, ...outcomes };
    const lost = outcomes.filter((outcome) => !outcome.written);
    const lostKeys = new Set(lost.map((outcome) => outcome.key));
    // What this attempt wrote is known to the next one, which will not tell of it again.
    told.push(...recorded.transitions.filter((transition) => !lostKeys.has(findingKey(transition.findingId))));
    if (lost.length === 0) return { ...recorded, transitions: told };
    if (attempt === ATTEMPTS) {
      return { ...recorded, transitions: told, unrecorded: `other runs kept writing ${[...lostKeys].slice(0, 3).join(', ')}; audit again` };
    }
    // A sighting that another run ended while we were reading: ours is older than what ended it and must not begin it again.
    for (const { key, winner } of lost) if (!winner) ended.add(key);
  }
}

/** A ledger that cannot be written costs the record, never the report. */
async function write(
  deps: Deps,
  target: Target,
  changes: readonly LedgerChange[],
): Promise<readonly LedgerOutcome[] | { unrecorded: string }> {
  try {
    return (await deps.store?.write(target, changes)) ?? [];
  } catch (error) {
    return { unrecorded: `the ledger could not be written, so this run counts for nothing in it: ${messageOf(error)}` };
  }
}

function judgeRun(
  deps: Deps,
  { target, request, rules, inventory, coverage, at }: Run,
  records: readonly LedgerRecord[],
  ended: ReadonlySet<string>,
) {
  const states = findingsOf(records);
  const sightings = foldSightings(sightingsOf(records), observe(inventory, target.accountId), {
    branchEnis: inventory.branchEnis?.ok ? new Date(inventory.branchEnis.readAt) : undefined,
    trunkEnis: inventory.trunkEnis?.ok ? new Date(inventory.trunkEnis.readAt) : undefined,
  });
  for (const id of [...sightings.keys()]) if (ended.has(sightingKey(id))) sightings.delete(id);
  const slices: Inventory = { ...inventory, sightings: readOk(Object.fromEntries(sightings), at), coverage: readOk(coverage, at) };
  const context = { target, at, minOrphanAgeMinutes: deps.settings.minOrphanAgeMinutes };
  const all = judge(rules, slices, context, (ruleId) => openSubjects(states, ruleId));
  const judged = { ...all, verdicts: all.verdicts.filter((verdict) => inScope(request, verdict)) };
  const covered = (state: FindingState) =>
    inScope(request, { ...state.finding, cluster: state.finding.cluster ?? undefined }) && wasCalled(rules, all, state.finding.ruleId);
  const absence = absenceFrom(inventory);
  const changes = diff(states, { verdicts: judged.verdicts, target, covered, absence }, at, deps.publishers);
  const unconfirmed = new Set(changes.unconfirmed);
  const selected = new Set(rules.map((rule) => rule.meta.id));
  const unsettled = [...unconfirmed]
    .flatMap((id) => states.get(id) ?? [])
    .filter(({ finding }) => selected.has(finding.ruleId) && inScope(request, { ...finding, cluster: finding.cluster ?? undefined }))
    .map((state) => ({ finding: state.finding, reason: absence(state)?.says ?? 'this run could not tell whether it is still so' }));
  return {
    judged,
    findings: changes.findings.filter((finding) => !unconfirmed.has(finding.id)),
    unsettled,
    transitions: changes.transitions,
    sightings,
    changed: changes.states,
  };
}

const openSubjects = (states: ReadonlyMap<string, FindingState>, ruleId: string) =>
  [...states.values()]
    .filter((state) => state.status === 'open' && state.finding.ruleId === ruleId)
    .map(({ finding }) => ({ subject: finding.subject, cluster: finding.cluster ?? undefined }));

/** A scope selects subjects, not reads; what belongs to no cluster is in the scope of a region only, gaps in every scope. */
function inScope({ clusters }: AuditRequest, { ruleId, cluster }: Pick<Verdict, 'ruleId' | 'cluster'>): boolean {
  if (clusters.length === 0 || ruleId === 'coverage-gap') return true;
  return cluster?.split('+').some((name) => clusters.includes(name)) ?? false;
}

/** Whether the rule ran and got all its slices: only then does its silence mean anything. */
function wasCalled(rules: readonly Rule[], { verdicts }: Judged, ruleId: string): boolean {
  const wasSkipped = verdicts.some((verdict) => verdict.ruleId === ruleId && verdict.subject.type === 'region');
  return rules.some((rule) => rule.meta.id === ruleId) && !wasSkipped;
}
