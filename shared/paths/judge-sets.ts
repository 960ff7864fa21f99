// One judgement for every set: the frame that all rules about sets share.
import { sentenceOf } from '../content/words.ts';
import { isInUse, type PodCluster } from '../domain/cluster.ts';
import type { Judgement } from '../domain/verdict.ts';
import { type SetEvidence, setEvidence } from './evidence.ts';
import type { PodSet } from './pod-sets.ts';

/** What a rule says of a set whose cluster lives; subject, cluster and the set's own evidence are added. */
export type SetVerdict = Omit<Judgement<SetEvidence>, 'subject' | 'cluster'>;

/** A live set with its cluster. */
export interface LiveSet {
  set: PodSet;
  cluster: PodCluster;
}

/** Judges the sets of live clusters; of the others it says what is known: unread is unknown, gone is not a matter of rules any more. */
export function judgeSets(sets: readonly PodSet[], judge: (live: LiveSet) => SetVerdict): Judgement<SetEvidence>[] {
  return sets.map((set) => {
    const { standing } = set;
    const base = { subject: { type: 'security-group-set', id: set.id }, cluster: set.cluster } as const;
    if (standing.kind === 'live') {
      const verdict = settled(set, judge({ set, cluster: standing.cluster }));
      return { ...base, ...verdict, evidence: { ...setEvidence(set), ...verdict.evidence } };
    }
    const verdict = standing.kind === 'unread' ? 'unknown' : 'not-applicable';
    return { ...base, verdict, summary: standing.says, evidence: setEvidence(set) };
  });
}

/**
 * A fault is one of pods. Of a set that no pod has at this moment, and for which none is announced by a tag, it is neither claimed nor taken
 * back: its interfaces are available because a pod begins or ended moments ago, or they leaked, or an earlier cluster of the name left them.
 */
function settled(set: PodSet, verdict: SetVerdict): SetVerdict {
  const isEmpty = set.enis.length > 0 && !set.enis.some(isInUse);
  if (verdict.verdict !== 'fail' || !isEmpty || set.isTagged) return verdict;
  const summary = `no pod has these groups now, only ${set.enis.length === 1 ? 'an available interface' : `${set.enis.length} available interfaces`}; if one had: ${sentenceOf(verdict)}`;
  return { verdict: 'unknown', summary, evidence: {} };
}

/** The sets of live clusters. */
export const liveSets = (sets: readonly PodSet[]): LiveSet[] =>
  sets.flatMap((set) => (set.standing.kind === 'live' ? [{ set, cluster: set.standing.cluster }] : []));
