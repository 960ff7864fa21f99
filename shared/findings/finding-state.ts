import { type Acceptance, type Accepted, acceptedBy } from '../domain/acceptance.ts';
import { type Finding, type FindingState, findingId, type Target, type Transition, type TransitionKind } from '../domain/finding.ts';
import type { Verdict } from '../domain/verdict.ts';
import { standing } from './acceptance.ts';
import { describeChange, describeEnd, describeSuppression, isWorse, meaningOf, type Words } from './meaning.ts';

/** A finding's next state, with the transition that people are to be told of, if any. */
export interface Step {
  state: FindingState;
  transition?: Transition;
}

/**
 * The step of a failing verdict. Quiet verdicts announce nothing. One that turns quiet after it was announced (a leak whose sightings
 * started again) stays announced with the meaning that people know: they are told when that meaning changes or the finding goes away,
 * not of every restart in between. A partial one may look milder only because a read failed: it stays announced as it was, unless it is worse.
 * While somebody answers for it, it is announced as such once and then no more, until that ends.
 */
export function failed(previous: FindingState | undefined, verdict: Verdict, target: Target, at: Date, acceptance?: Acceptance): Step {
  const open = previous?.status === 'open' ? previous : undefined;
  const accepted = acceptance && standing(acceptance, verdict, at) ? acceptedBy(acceptance) : undefined;
  const finding: Finding = { ...findingOf(verdict, target, open, at), ...(accepted ? { accepted } : {}) };
  const announced = open && !open.quiet ? open : undefined;
  const isHeld = verdict.quiet || (verdict.isPartial && announced && !isWorse(announced.meaning, verdict));
  const meaning = isHeld && announced ? announced.meaning : meaningOf(verdict);
  const state: FindingState = {
    finding,
    status: 'open',
    quiet: verdict.quiet === true && !announced,
    meaning,
    lastSeen: at.toISOString(),
    pending: previous?.pending ?? [],
  };
  const words = newsOf({ previous, announced, verdict, accepted, acceptance, meaning, finding, at });
  return words ? { state, transition: transition(words[0], finding.id, at, words[1]) } : { state };
}

interface Failing {
  previous: FindingState | undefined;
  /** The open finding that people know of. */
  announced: FindingState | undefined;
  verdict: Verdict;
  finding: Finding;
  meaning: string;
  accepted: Accepted | undefined;
  acceptance: Acceptance | undefined;
  at: Date;
}

/** What is announced of a finding that fails, if anything. */
function newsOf({
  previous,
  announced,
  verdict,
  finding,
  meaning,
  accepted,
  acceptance,
  at,
}: Failing): [TransitionKind, Words] | undefined {
  // Also of one that was resolved in between: what was accepted may come and go.
  const known = previous?.finding.accepted;
  if (accepted) return known?.at === accepted.at ? undefined : ['suppressed', describeSuppression(accepted, verdict)];
  // Also of one that is quiet for now: whoever relied on the acceptance hears of its end when it comes, or never.
  if (known && announced) return ['changed', describeEnd(known, acceptance, verdict, at)];
  if (verdict.quiet || announced?.meaning === meaning) return undefined;
  return announced ? ['changed', describeChange(announced.meaning, verdict)] : ['opened', wordsOf(finding)];
}

/** The step of an open finding that went away. What nobody was told of, or somebody answers for, leaves without a word. */
export function left(previous: FindingState, words: Words, at: Date): Step {
  const state: FindingState = { ...previous, status: 'resolved', resolvedAt: at.toISOString() };
  return previous.quiet || previous.finding.accepted
    ? { state }
    : { state, transition: transition('resolved', previous.finding.id, at, words) };
}

/** The state with its transition still to be sent, after those that were pending before. */
export function enqueue({ state, transition }: Step, publishers: readonly string[]): FindingState {
  if (!transition || publishers.length === 0) return state;
  return { ...state, pending: [...state.pending, { ...transition, recipients: [...publishers] }] };
}

function findingOf(verdict: Verdict, target: Target, open: FindingState | undefined, at: Date): Finding {
  const before = open?.finding;
  // A run that lost a race judges again at the same time: that is one sighting, not two.
  const isLater = !open || at.getTime() > Date.parse(open.lastSeen);
  const { ruleId, topic, path, leftover, severity, state, subject, cluster, summary, details, evidence, remedy, seen } = verdict;
  return {
    id: findingId(target, verdict),
    ruleId,
    topic,
    ...(path && { path }),
    ...(leftover && { leftover }),
    severity,
    verdict: 'fail',
    ...(state === undefined ? {} : { state }),
    subject,
    cluster: cluster ?? null,
    summary,
    ...(details === undefined ? {} : { details }),
    evidence,
    remedy: remedy ?? { summary: '', commands: [] },
    sightings: seen?.sightings ?? (before?.sightings ?? 0) + (isLater ? 1 : 0),
    firstSeen: seen?.firstSeen ?? before?.firstSeen ?? at.toISOString(),
  };
}

/** What a clause and its details say, as a transition says it. */
export const wordsOf = ({ summary, details }: Pick<Finding, 'summary' | 'details'>): Words => ({
  says: summary,
  ...(details ? { details } : {}),
});

function transition(kind: TransitionKind, id: string, at: Date, words: Words): Transition {
  return { kind, findingId: id, at: at.toISOString(), ...words };
}
