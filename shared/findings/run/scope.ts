import { PIN_EVIDENCE } from '../../domain/evidence/parts.ts';
import { readEvidence } from '../../domain/evidence/read.ts';
import type { FindingState } from '../../domain/finding.ts';
import type { SliceCoverage } from '../../domain/inventory.ts';
import { isInterfaceId } from '../../domain/tags.ts';
import type { Verdict } from '../../domain/verdict.ts';
import { isNarrowed } from '../../inventory/slices.ts';
import type { Judged } from '../../rules/judge.ts';
import type { Absence } from '../diff.ts';
import type { AuditRequest } from '../request.ts';
import type { Run } from './run.ts';

/** A scope selects subjects, not reads; what belongs to no cluster is in the scope of a region only, gaps in every scope. */
export function inScope({ clusters }: AuditRequest, { topic, cluster }: Pick<Verdict, 'topic' | 'cluster'>): boolean {
  if (clusters.length === 0 || topic === 'coverage') return true;
  return cluster?.split('+').some((name) => clusters.includes(name)) ?? false;
}

/** Whether a slice was read of some clusters only: that nothing of those is missing closes no gap of others. */
export const isOfSomeClusters = ({ clusters }: AuditRequest, { topic, subject }: Pick<Verdict, 'topic' | 'subject'>): boolean =>
  topic === 'coverage' && clusters.length > 0 && isNarrowed(subject.id);

/** For which open findings the silence of this run means that there is nothing any more. */
export function coveredBy(
  { request, rules, coverage, inventory }: Run,
  { verdicts }: Judged,
  absence: (state: FindingState) => Absence | undefined,
  settledBefore: ReadonlySet<string>,
) {
  const skipped = new Set(verdicts.filter((verdict) => verdict.subject.type === 'region').map((verdict) => verdict.ruleId));
  const called = new Set(rules.map((rule) => rule.meta.id).filter((id) => !skipped.has(id)));
  const listed = new Set([inventory.branchEnis, inventory.trunkEnis].flatMap((list) => (list?.ok ? list.value.map((eni) => eni.id) : [])));
  return (state: FindingState): boolean => {
    const { ruleId, topic, cluster, subject } = state.finding;
    if (!called.has(ruleId) || !inScope(request, { topic, cluster: cluster ?? undefined })) return false;
    // A gap is closed by a read of its slice, not by a run that did not need it.
    if (topic === 'coverage') return !isOfSomeClusters(request, { topic, subject }) && coverage.some((each) => each.slice === subject.id);
    if (subject.type === 'security-group-set' && coverage.some((each) => hidesSets(each, cluster))) return false;
    if (subject.type === 'security-group-set' && verdicts.some((each) => isUnsaid(each, ruleId, cluster))) return false;
    // What interfaces pin goes with them: as long as one of them is not settled, neither is this.
    const settled = (id: string) =>
      listed.has(id) ||
      settledBefore.has(id) ||
      ['gone', 'in-use-again'].includes(
        absence({ ...state, finding: { ...state.finding, subject: { type: 'network-interface', id } } })?.fate ?? '',
      );
    return pinningInterfaces(state).every(settled);
  };
}

// Which sets a cluster's pods have is told by these: a failure of one hides sets that may still be there.
const SET_SLICES = ['podEnis', 'taggedGroups', 'podClusters', 'fargateProfiles', 'fargateEnis'];

const hidesSets = ({ slice, failures }: SliceCoverage, cluster: string | null): boolean =>
  SET_SLICES.includes(slice) && failures.some(({ item }) => item === cluster);

/** Whether a verdict is about a pod whose groups EC2 did not tell: it may have those of any set that is not listed any more. */
const isUnsaid = (verdict: Verdict, ruleId: string, cluster: string | null): boolean =>
  verdict.ruleId === ruleId &&
  verdict.subject.type === 'security-group-set' &&
  isInterfaceId(verdict.subject.id) &&
  (verdict.cluster === undefined || verdict.cluster === cluster);

/** The interfaces that a finding of pinned-by-orphans says hold its subject. */
function pinningInterfaces({ finding: { leftover, evidence } }: FindingState): string[] {
  if (leftover !== 'pinned') return [];
  const { unlockSet = [], trunks = [] } = readEvidence(PIN_EVIDENCE, evidence);
  return [...unlockSet, ...trunks];
}
