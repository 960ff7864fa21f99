// One judgement of what was read, against what the ledger holds. Pure: it may be made again after a lost race.

import type { Acceptance } from '../../domain/acceptance.ts';
import type { Finding, FindingState, Transition } from '../../domain/finding.ts';
import type { Inventory, Sighting } from '../../domain/inventory.ts';
import { readOk } from '../../domain/read.ts';
import type { Verdict } from '../../domain/verdict.ts';
import { newestFirst, statesById } from '../../ledger/kind.ts';
import type { LedgerRecord } from '../../ledger/store.ts';
import { DELETION } from '../../plans/record.ts';
import { observe } from '../../proof/observe.ts';
import { type Judged, judge } from '../../rules/judge.ts';
import { diff } from '../diff.ts';
import { ACCEPTANCE, FINDING, SIGHTING } from '../record.ts';
import { foldSightings } from '../sightings.ts';
import { absenceFrom } from './absence.ts';
import { type Standing, standingOf } from './list-reads.ts';
import type { Run } from './run.ts';
import { coveredBy, inScope, isOfSomeClusters } from './scope.ts';

export interface JudgedRun {
  judged: Judged;
  findings: readonly Finding[];
  unsettled: readonly { finding: Finding; reason: string }[];
  transitions: readonly Transition[];
  sightings: ReadonlyMap<string, Sighting>;
  /** What somebody answers for now, by finding id, whether the finding is still what was accepted or not. */
  acceptances: ReadonlyMap<string, Acceptance>;
  changed: readonly FindingState[];
  readAt: Standing['readAt'];
}

export interface JudgeOptions {
  minOrphanAgeMinutes: number;
  corednsSecurityGroups: readonly string[];
  probePorts: readonly number[];
  publishers: readonly string[];
  /** Sightings that this run must not hold: another run ended them, or overtook it. */
  withdrawn: (sighting: Sighting) => boolean;
}

/** Sightings, verdicts, findings and transitions of a run. */
export function judgeRun(run: Run, records: readonly LedgerRecord[], options: JudgeOptions): JudgedRun {
  const { target, request, rules, inventory, coverage, at } = run;
  const states = statesById(records, FINDING);
  const { observations, readAt, previous } = standingOf(records, {
    observations: observe(inventory, target.accountId),
    readAt: { branchEnis: readAtOf(inventory.branchEnis), trunkEnis: readAtOf(inventory.trunkEnis) },
    sightings: statesById(records, SIGHTING),
  });
  const folded = foldSightings(previous, observations, readAt);
  const sightings = new Map([...folded].filter(([, sighting]) => !options.withdrawn(sighting)));
  const slices: Inventory = { ...inventory, sightings: readOk(Object.fromEntries(sightings), at), coverage: readOk(coverage, at) };
  const { minOrphanAgeMinutes, corednsSecurityGroups, probePorts } = options;
  const context = { target, at, minOrphanAgeMinutes, corednsSecurityGroups, probePorts };
  const all = judge(rules, slices, context, (ruleId) => openSubjects(states, ruleId));
  const counts = (verdict: Verdict) => inScope(request, verdict) && !(verdict.verdict === 'pass' && isOfSomeClusters(request, verdict));
  const judged = { ...all, verdicts: all.verdicts.filter(counts) };
  const outOfScope = all.verdicts.filter((verdict) => !counts(verdict));
  const absence = absenceFrom(inventory);
  const covered = coveredBy(run, all, absence, settledInterfaces(records, states));
  const acceptances = new Map([...statesById(records, ACCEPTANCE)].filter(([, { until }]) => at.getTime() < Date.parse(until)));
  const decided = { verdicts: judged.verdicts, outOfScope, target, covered, absence, because: request.because };
  const changes = diff(states, { ...decided, acceptances: statesById(records, ACCEPTANCE) }, at, options.publishers);
  const unconfirmed = new Set(changes.unconfirmed);
  const selected = new Set(rules.map((rule) => rule.meta.id));
  const unsettled = [...unconfirmed]
    .flatMap((id) => states.get(id) ?? [])
    .filter(({ finding }) => selected.has(finding.ruleId) && inScope(request, { ...finding, cluster: finding.cluster ?? undefined }))
    .map((state) => ({ finding: state.finding, reason: absence(state)?.says ?? 'this run could not tell whether it is still so' }));
  const findings = changes.findings.filter((finding) => !unconfirmed.has(finding.id));
  return { judged, findings, unsettled, transitions: changes.transitions, sightings, acceptances, changed: changes.states, readAt };
}

const readAtOf = (list: Inventory['branchEnis']): Date | undefined => (list?.ok ? new Date(list.readAt) : undefined);

const openSubjects = (states: ReadonlyMap<string, FindingState>, ruleId: string) =>
  [...states.values()]
    .filter((state) => state.status === 'open' && state.finding.ruleId === ruleId)
    .map(({ finding }) => ({ subject: finding.subject, cluster: finding.cluster ?? undefined }));

/** Interfaces of which the ledger knows that they are gone or serve somebody: deleted by us, or their finding resolved. */
function settledInterfaces(records: readonly LedgerRecord[], states: ReadonlyMap<string, FindingState>): ReadonlySet<string> {
  const deleted = newestFirst(records, DELETION).filter(({ status }) => status === 'deleted' || status === 'already-gone');
  const known = [...states.values()].filter(({ finding }) => finding.subject.type === 'network-interface');
  const open = new Set(known.filter((state) => state.status === 'open').map((state) => state.finding.subject.id));
  const settled = [...deleted.map((deletion) => deletion.interfaceId), ...known.map((state) => state.finding.subject.id)];
  return new Set(settled.filter((id) => !open.has(id)));
}
