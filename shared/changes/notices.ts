// What changes did to each cluster, by what the ledger knew before and knows after the judgement.
import { sentenceOf } from '../content/words.ts';
import { PATH_EVIDENCE } from '../domain/evidence/paths.ts';
import { readEvidence } from '../domain/evidence/read.ts';
import type { Finding, FindingState } from '../domain/finding.ts';
import type { Change, ChangeNotice, NotedChange, PathNews } from './change.ts';
import { changeSays, whoSays } from './describe.ts';
import { type AffectedClusters, type Direction, explaining } from './explain.ts';
import { undoOf } from './undo.ts';

type States = ReadonlyMap<string, FindingState>;

const MOST_CHANGES = 10;
const MOST_NEWS = 50;

export interface Judged {
  region: string;
  at: string;
  affected: readonly AffectedClusters[];
  before: States;
  after: States;
  /** Changes that the ledger still knows, by which a modified rule can be restored. */
  earlier: readonly Change[];
}

/** A notice without its id: that is for whoever stores it. */
export type UntoldNotice = Omit<ChangeNotice, 'id'>;

interface Explained {
  cluster: string;
  direction: Direction;
  news: PathNews;
  changes: readonly Change[];
}

/** One notice for each cluster in which a change explains that pods lost or regained a path. */
export function noticesOf(judged: Judged): UntoldNotice[] {
  const explained = [...judged.after.values()].flatMap((state) => explain(state, judged));
  return [...Map.groupBy(explained, ({ cluster }) => cluster)].map(([cluster, all]) => {
    const changes = inOrder(all);
    const news = (direction: Direction) => all.flatMap((each) => (each.direction === direction ? [each.news] : [])).slice(0, MOST_NEWS);
    return {
      at: judged.at,
      cluster,
      changes: changes.slice(0, MOST_CHANGES).map((change) => told(change, judged)),
      moreChanges: Math.max(0, changes.length - MOST_CHANGES),
      lost: news('lost'),
      regained: news('regained'),
    };
  });
}

/** The headline names the first: what explains best that something was lost, then what else explains that, then the rest; newest first. */
function inOrder(all: readonly Explained[]): Change[] {
  const lost = all.filter(({ direction }) => direction === 'lost');
  const best = new Set(lost.flatMap((each) => each.changes.slice(0, 1)));
  const others = new Set(lost.flatMap((each) => each.changes));
  const rankOf = (change: Change) => (best.has(change) ? 0 : others.has(change) ? 1 : 2);
  const changes = [...new Set(all.flatMap((each) => each.changes))];
  return changes.sort((a, b) => rankOf(a) - rankOf(b) || Date.parse(b.at) - Date.parse(a.at));
}

const told = (change: Change, { region, earlier }: Judged): NotedChange => ({
  change,
  who: whoSays(change.actor),
  says: changeSays(change),
  undo: undoOf(change, region, earlier),
});

function explain(state: FindingState, judged: Judged): Explained[] {
  const { finding } = state;
  const { cluster } = finding;
  // What somebody answers for alerts nobody, whoever breaks or mends it.
  if (cluster === null || state.quiet || finding.accepted || finding.topic !== 'paths') return [];
  const before = judged.before.get(finding.id);
  const was = before?.status === 'open' ? before : undefined;
  const as = (direction: Direction, changes: readonly Change[]): Explained[] =>
    changes.length > 0 ? [{ cluster, direction, news: newsOf(state, direction), changes }] : [];
  const explains = (direction: Direction, told: string | undefined, isNew: boolean) =>
    // A sweep may have found it between the call and the event that tells of the call.
    explaining(judged.affected, finding, direction).filter(({ at }) => isNew || (told !== undefined && Date.parse(told) >= Date.parse(at)));
  if (state.status === 'resolved') return as('regained', explains('regained', state.resolvedAt, was !== undefined));
  const lost = explains('lost', finding.firstSeen, was?.meaning !== state.meaning);
  if (lost.length > 0 || was === undefined || was.meaning === state.meaning) return as('lost', lost);
  // Better, but not good: partly open, which was blocked.
  return as('regained', explains('regained', undefined, true));
}

function newsOf({ finding, pending, status }: FindingState, direction: Direction): PathNews {
  const { id, ruleId, path, severity, subject, remedy } = finding;
  const { pods, interfaces } = readEvidence(PATH_EVIDENCE, finding.evidence);
  const resolution = pending.findLast(({ kind }) => kind === 'resolved');
  return {
    ...{ findingId: id, ruleId, ...(path && { path }), severity, setId: subject.id },
    pods: pods ?? 0,
    interfaces: interfaces ?? [],
    says: status === 'resolved' ? (resolution?.says ?? `${ruleId} is over`) : sentenceOf(finding),
    // Of what was regained it says that the path is not good yet, whether somebody knows what to do or not.
    fix: status === 'open' && (direction === 'regained' || hasSteps(finding)) ? remedy : null,
  };
}

const hasSteps = ({ remedy }: Finding): boolean => remedy.summary !== '' || remedy.commands.length > 0;
