// Paths of sets: asked about first, all of them, so that a remedy can be checked against everything else that was asked.
import type { PathProof, Side } from '../domain/security-group.ts';
import type { Judgement, Severity } from '../domain/verdict.ts';
import type { CompiledFacts } from '../network/compile.ts';
import { evaluate, type Path } from '../network/evaluate.ts';
import { cellOf, proofEvidence, type SetEvidence, setLabel } from './evidence.ts';
import { judgeSets, type LiveSet, liveSets, type SetVerdict } from './judge-sets.ts';
import type { PodSet } from './pod-sets.ts';
import { type JudgedPath, remedied } from './remedies.ts';

/** What a set needs: paths, or a verdict that needs no path to be asked about. */
export type Asked = { settled: SetVerdict } | Needs;

export interface Needs {
  paths: readonly Needed[];
  evidence: SetEvidence;
  /** Why a path that is shut may not be needed after all: then nobody can tell whether that is a fault. */
  doubt?: string | undefined;
  /** What the verdict rests on besides, e.g. an assumption. */
  note?: string | undefined;
}

/** A path that the pods of a set need. */
export interface Needed {
  /** Who to whom, e.g. `udp 53 to CoreDNS`. */
  label: string;
  protocol: 'tcp' | 'udp';
  port: number;
  path: Path;
}

export interface PathRule {
  facts: CompiledFacts;
  region: string;
  /** What pods cannot do without the paths, e.g. `cannot resolve names`. */
  loses: string;
  /** What they can do of it when a path is open to some hosts only. */
  keeps: string;
  /** What a path that is open for some hosts only is worth. */
  partly: Severity;
  ask: (live: LiveSet) => Asked;
}

type Judged = JudgedPath & Needed;
type Answered = { settled: SetVerdict } | (Omit<Needs, 'paths'> & { judged: readonly Judged[] });

/** A judgement for every set: fails when a path is blocked, in part when it is open to some hosts only, passes when all are open. */
export function judgePaths(sets: readonly PodSet[], rule: PathRule): Judgement<SetEvidence>[] {
  const answers = new Map(liveSets(sets).map((live) => [live.set, answer(rule, live)]));
  const byCluster = Map.groupBy(liveSets(sets), ({ cluster }) => cluster.name);
  const askedIn = (cluster: string): Judged[] =>
    (byCluster.get(cluster) ?? []).flatMap(({ set }) => {
      const each = answers.get(set);
      return each && 'judged' in each ? each.judged : [];
    });
  const asked = new Map([...byCluster.keys()].map((name) => [name, askedIn(name)]));
  return judgeSets(sets, (live) => {
    const answered = answers.get(live.set);
    if (!answered) throw new Error(`${live.set.id} was not asked about`);
    return 'settled' in answered ? answered.settled : verdictOf(rule, live, answered, asked.get(live.cluster.name) ?? []);
  });
}

function answer(rule: PathRule, live: LiveSet): Answered {
  const asked = rule.ask(live);
  if ('settled' in asked) return asked;
  const judged = asked.paths.map((needed) => ({
    ...needed,
    label: `${needed.label} for ${live.set.id}`,
    proof: evaluate(rule.facts, needed.path),
  }));
  const { paths: _, ...rest } = asked;
  return { ...rest, judged };
}

type Judgeable = Exclude<Answered, { settled: unknown }>;

const inState = (judged: readonly Judged[], outcome: Judged['proof']['outcome']) => judged.filter(({ proof }) => proof.outcome === outcome);

function verdictOf(rule: PathRule, { set, cluster }: LiveSet, answered: Judgeable, asked: readonly Judged[]): SetVerdict {
  const { judged, doubt } = answered;
  const evidence = {
    ...answered.evidence,
    paths: judged.map(({ proof, protocol, port }) => cellOf(proof, protocol, port)),
    proofs: judged.map(({ proof }) => proofEvidence(proof)),
  };
  const who = `pods of ${cluster.name} with ${setLabel(set)}`;
  const failing = [...inState(judged, 'blocked'), ...inState(judged, 'some')];
  const unknown = inState(judged, 'unknown');
  if (failing.length > 0 && doubt)
    return { verdict: 'unknown', summary: `${judged.map(said).join('; ')} for ${who}, but ${doubt}`, evidence };
  if (failing.length > 0) return failed(rule, who, { ...answered, evidence }, failing, asked);
  if (unknown.length > 0)
    return { verdict: 'unknown', summary: `${unknown.map(pathName).join(' and ')} for ${who}: ${reasonsOf(unknown)}`, evidence };
  return { verdict: 'pass', summary: `${judged.map(said).join('; ')} for ${who}`, evidence };
}

function failed(
  rule: PathRule,
  who: string,
  { judged, evidence, note }: Judgeable,
  failing: readonly Judged[],
  asked: readonly Judged[],
): SetVerdict {
  const fix = remedied(rule.facts, failing, asked, rule.region);
  const isBlocked = failing.some(({ proof }) => proof.outcome === 'blocked');
  return {
    verdict: 'fail',
    state: isBlocked ? 'blocked' : 'partly-open',
    ...(isBlocked ? {} : { severity: rule.partly }),
    summary: `${who} ${isBlocked ? rule.loses : rule.keeps}`,
    details: `${judged.map(said).join('; ')}${note ? ` (${note})` : ''}`,
    evidence: { ...evidence, terraform: fix.terraform, sideEffects: fix.sideEffects },
    remedy: fix.remedy,
    // Only what fails: a read that fails for once is no news about a path that did not.
    ...(judged.every(({ proof }) => proof.isSettled) ? {} : { isPartial: true }),
    meaning: failing.map(meant).sort().join(', '),
  };
}

const meant = ({ protocol, port, proof }: Judged): string => [protocol, port, proof.outcome, ...sidesOf(proof)].join(' ');

const MOST_REASONS = 3;

function reasonsOf(unknown: readonly Judged[]): string {
  const reasons = [...new Set(unknown.flatMap(({ proof }) => proof.unsettled.map(({ says }) => says)))];
  const more = reasons.length - MOST_REASONS;
  return `${reasons.slice(0, MOST_REASONS).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

// Each side once: how many kinds of nodes there are changes with every scaling, and means nothing.
const sidesOf = ({ blockedBy }: PathProof): Side[] => [...new Set(blockedBy.map(({ side }) => side))];

const pathName = ({ protocol, port }: Needed): string => `${protocol} ${port}`;

function said(each: Judged): string {
  const { outcome } = each.proof;
  const sides = sidesOf(each.proof).join(' and ');
  if (outcome === 'blocked') return `${pathName(each)} is blocked by ${sides}`;
  if (outcome === 'some') return `${pathName(each)} is open between some hosts, and blocked by ${sides} between others`;
  return `${pathName(each)} is ${outcome}`;
}
