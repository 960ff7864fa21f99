import type { Acceptance } from '../domain/acceptance.ts';
import {
  type Because,
  type Finding,
  type FindingState,
  findingId,
  type Target,
  type Transition,
  type TransitionKind,
} from '../domain/finding.ts';
import type { Verdict } from '../domain/verdict.ts';
import { enqueue, failed, left, type Step, wordsOf } from './finding-state.ts';
import type { Words } from './meaning.ts';

/** What asking for an interface by its id said, after the lists no longer showed it. */
export interface Absence {
  fate: 'gone' | 'in-use-again' | 'still-there' | 'unread';
  says: string;
  /** What says so. */
  details?: string;
}

/** What one run decided, and how far its silence means something. */
export interface JudgedRun {
  verdicts: readonly Verdict[];
  /** What was judged, and is not in the scope: it settles nothing, but what it left undecided is not gone either. */
  outOfScope?: readonly Verdict[];
  target: Target;
  /** Whether the scope and everything that the finding's rule needs were read, so that no verdict means no fault. */
  covered: (state: FindingState) => boolean;
  /** Undefined when it was not asked for. */
  absence: (state: FindingState) => Absence | undefined;
  /** Which call explains that a finding appeared, changed or went away, where one is known to. */
  because?: ((finding: Finding, kind: TransitionKind) => Because) | undefined;
  /** What somebody answers for, by finding id. */
  acceptances?: ReadonlyMap<string, Acceptance>;
}

export interface Diff {
  /** The changed states, to be written. */
  states: FindingState[];
  /** Everything open after this run: what failed, in the order of the verdicts, then what earlier runs found and this one did not settle. */
  findings: Finding[];
  /** The ids of those among `findings` that this run did not see fail. */
  unconfirmed: string[];
  transitions: Transition[];
}

/** What changed between the findings known before and this run's verdicts. The ledger's only judgement of what people are told. */
export function diff(previous: ReadonlyMap<string, FindingState>, judged: JudgedRun, at: Date, publishers: readonly string[]): Diff {
  const verdicts = verdictsById(judged);
  const failing = [...verdicts].filter(([, verdict]) => verdict.verdict === 'fail');
  const seen = failing.map(([id, verdict]) => failed(previous.get(id), verdict, judged.target, at, judged.acceptances?.get(id)));
  const open = [...previous].filter(([id, state]) => state.status === 'open' && verdicts.get(id)?.verdict !== 'fail');
  const whyLeft = departures(verdicts, judged);
  const gone: Step[] = [];
  const unsettled: Finding[] = [];
  for (const [id, state] of open) {
    const words = whyLeft(id, state);
    if (words === undefined) unsettled.push(state.finding);
    else gone.push(left(state, words, at));
  }
  const steps = [...seen, ...gone].map((step) => explained(step, judged.because));
  return {
    states: steps.map((step) => enqueue(step, publishers)),
    findings: [...seen.map((step) => step.state.finding), ...unsettled],
    unconfirmed: unsettled.map((finding) => finding.id),
    transitions: steps.flatMap((step) => step.transition ?? []),
  };
}

function explained(step: Step, because: JudgedRun['because']): Step {
  const { state, transition } = step;
  return transition && because ? { ...step, transition: { ...transition, ...because(state.finding, transition.kind) } } : step;
}

/** Two verdicts on one finding would overwrite each other. Only `unknown` may repeat: it says nothing twice. */
function verdictsById({ verdicts, target }: JudgedRun): Map<string, Verdict> {
  const byId = new Map<string, Verdict>();
  for (const verdict of verdicts) {
    const id = findingId(target, verdict);
    const other = byId.get(id);
    if (other && (other.verdict !== 'unknown' || verdict.verdict !== 'unknown')) {
      throw new Error(
        `rule ${verdict.ruleId} judged ${verdict.subject.type} ${verdict.subject.id} twice (${other.verdict}, ${verdict.verdict}), both as ${id}: a rule must give one verdict per cluster and subject`,
      );
    }
    byId.set(id, verdict);
  }
  return byId;
}

const subjectKey = ({ ruleId, subject }: Pick<Verdict, 'ruleId' | 'subject'>): string => [ruleId, subject.type, subject.id].join('/');

/**
 * Whether what could not be decided elsewhere may be what the finding is about. An interface may have changed its cluster; a set of groups
 * that pods of two clusters have is two subjects, and only pods that name no cluster may be anybody's.
 */
const mayBe = ({ finding }: FindingState, { verdict, cluster }: Verdict): boolean =>
  verdict === 'unknown' && (finding.subject.type !== 'security-group-set' || cluster === undefined);

/** Why an open finding that did not fail went away; undefined: it did not, or nobody can tell. */
function departures(verdicts: ReadonlyMap<string, Verdict>, judged: JudgedRun) {
  const bySubject = new Map<string, Verdict[]>();
  for (const verdict of [...verdicts.values(), ...(judged.outOfScope ?? [])]) {
    const key = subjectKey(verdict);
    bySubject.set(key, [...(bySubject.get(key) ?? []), verdict]);
  }
  return (id: string, state: FindingState): Words | undefined => {
    const verdict = verdicts.get(id);
    if (verdict) return verdict.verdict === 'unknown' ? undefined : wordsOf(verdict);
    const elsewhere = bySubject.get(subjectKey(state.finding)) ?? [];
    if (elsewhere.some((other) => mayBe(state, other)) || !judged.covered(state)) return undefined;
    return whereabouts(state, elsewhere[0], judged);
  };
}

/** What became of a subject that this run did not find. `moved`: what it says of the same subject under another cluster. */
function whereabouts(state: FindingState, moved: Verdict | undefined, judged: JudgedRun): Words | undefined {
  const { type } = state.finding.subject;
  if (type === 'security-group-set') return { says: 'no pod has these security groups any more' };
  if (type !== 'network-interface') return { says: 'no longer found' };
  // Still listed, under another cluster: nobody asks for its id, and this finding would stay open for ever.
  if (moved) return { says: moved.cluster === undefined ? 'it names no cluster any more' : `it now belongs to cluster ${moved.cluster}` };
  return afterAbsence(judged.absence(state));
}

/** Absent is not gone: only what its id answered settles it. */
function afterAbsence(absence: Absence | undefined): Words | undefined {
  if (absence?.fate !== 'gone' && absence?.fate !== 'in-use-again') return undefined;
  const { fate: _, ...words } = absence;
  return words;
}
