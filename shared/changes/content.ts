import { type Announce, type Labels, NOTHING_TO_DO, type Of, placeOf, URGENCY } from '../content/announce.ts';
import { fact, firstOf, items, section } from '../content/blocks.ts';
import type { Block, Message } from '../content/document.ts';
import { minuteOf } from '../content/time.ts';
import { count, shortList } from '../content/words.ts';
import { type PathName, type Remedy, SEVERITIES } from '../domain/verdict.ts';
import type { NotedChange, PathNews } from './change.ts';

type News = Of<'change'>;

const MOST_NEWS = 10;
const MOST_CHANGES = 5;
const MOST_IDS = 3;

// What pods lose when a rule fails.
const PATHS: Readonly<Record<PathName, string>> = {
  dns: 'DNS',
  probe: 'kubelet probes',
  'pod-to-pod': 'one another',
  'control-plane': 'their control plane',
};
const pathOf = ({ path, ruleId }: PathNews): string => (path ? PATHS[path] : ruleId);

/** Whether any path that is better is not good yet. */
const isPartly = (regained: readonly PathNews[]): boolean => regained.some(({ fix }) => fix !== null);

function labels(news: News): Labels {
  const { cluster, lost } = news.notice;
  const isLoss = lost.length > 0;
  return {
    kind: 'change',
    ...placeOf(news),
    severity: SEVERITIES.findLast((severity) => lost.some((each) => each.severity === severity)) ?? 'low',
    ...{ cluster, subject: cluster, transition: isLoss ? 'lost' : 'regained' },
    // Somebody has just cut something off, and the message holds the way back.
    urgency: isLoss ? URGENCY.asks : URGENCY.answers,
    isOver: !isLoss,
  };
}

/** Who cut off whom from what, in one clause. */
function headlineOf({ notice }: News): string {
  const { lost, regained, cluster, changes, moreChanges } = notice;
  const news = lost.length > 0 ? lost : regained;
  const paths = shortList([...new Set(news.map(pathOf))], MOST_IDS);
  // Pods of one set may have lost more than one path.
  const pods = [...new Map(news.map((each) => [each.setId, each.pods])).values()].reduce((sum, n) => sum + n, 0);
  const [first] = changes;
  const others = changes.length + moreChanges - 1;
  const more = others > 0 ? ` and ${count(others, 'more change')}` : '';
  const since = first ? ` since ${nameOf(first)} called ${first.change.call}${more}` : '';
  return `${count(pods, 'pod')} of ${cluster} ${lost.length > 0 ? 'lost' : isPartly(regained) ? 'partly regained' : 'regained'} ${paths}${since}`;
}

const nameOf = ({ change: { actor } }: NotedChange): string => actor.session ?? actor.principal.split(/[/:]/).at(-1) ?? actor.principal;

/** Who changed what and when, which pods lost or regained which path, and the way back. */
function content(news: News): Message {
  const { cluster, changes, moreChanges, lost, regained, at } = news.notice;
  const { accountId, region } = news.target;
  const events = changes.map(({ change }) => change.id);
  const unlisted = moreChanges + Math.max(0, changes.length - MOST_CHANGES);
  const better = isPartly(regained) ? 'BETTER' : 'RESOLVED';
  return {
    tag: lost.length > 0 ? labels(news).severity.toUpperCase() : better,
    about: cluster,
    headline: headlineOf(news),
    where: region,
    at,
    blocks: [
      ...changes.slice(0, MOST_CHANGES).flatMap(changeBlocks),
      ...items('more-changes', unlisted > 0 ? [`and ${count(unlisted, 'more change')}`] : []),
      ...section('lost', 'Lost', pathItems(lost)),
      ...section('regained', 'Regained', pathItems(regained)),
      ...fact('where', 'Where', `cluster ${cluster}, account ${accountId}, ${region}`),
    ],
    steps:
      lost.length > 0
        ? [...undoSteps(changes), ...fixes(lost, 'Or the smallest fix: ')]
        : isPartly(regained)
          ? fixes(regained)
          : [NOTHING_TO_DO],
    footer: [`Judged ${minuteOf(at)}, by what AWS said then`, `CloudTrail events ${shortList(events, MOST_IDS)}`],
  };
}

const changeBlocks = ({ change, who, says }: NotedChange): Block[] => [
  ...fact('who', 'Who', `${who}; ${change.actor.principal}`, 'summary'),
  ...fact('what', 'What', `${change.call} ${minuteOf(change.at)}: ${says}`, 'summary'),
];

function pathItems(news: readonly PathNews[]): Block[] {
  const each = news.map((path) => `${pathOf(path)}, ${count(path.pods, 'pod')} with ${path.setId}${interfaces(path)}: ${path.says}`);
  return items('paths', firstOf(each, MOST_NEWS));
}

const interfaces = ({ interfaces }: PathNews): string => (interfaces.length > 0 ? ` (${shortList(interfaces, MOST_IDS)})` : '');

/** The way back, which comes first: it restores what worked. The smallest fix opens no more than what is needed. */
function undoSteps(changes: readonly NotedChange[]): Remedy[] {
  // A rule that was added took nothing away: to revoke it would cut off whom it let through.
  const breaking = changes.filter(({ change }) => change.what.kind !== 'rules-authorized' && change.what.kind !== 'vpc-associated');
  return breaking.slice(0, MOST_CHANGES).map(({ says, undo }) => ({ ...undo, summary: `To undo it (${says}): ${undo.summary}` }));
}

function fixes(news: readonly PathNews[], begin = ''): Remedy[] {
  const all = news.flatMap(({ fix }) => (fix && (fix.summary !== '' || fix.commands.length > 0) ? [fix] : []));
  const different = [...new Map(all.map((fix) => [JSON.stringify(fix), fix])).values()];
  return different.slice(0, MOST_IDS).map((fix) => ({ ...fix, summary: `${begin}${fix.summary}` }));
}

function machine(news: News, details: boolean) {
  const { changes, moreChanges, lost, regained, at } = news.notice;
  return {
    ...{ transition: labels(news).transition, at, summary: headlineOf(news) },
    changes: changes.map((change) => changeJson(change, details)),
    ...{ moreChanges, lostCount: lost.length, regainedCount: regained.length },
    ...{ lost: details ? lost : [], regained: details ? regained : [] },
  };
}

function changeJson({ change, says, undo }: NotedChange, details: boolean) {
  const { id, at, call, actor, groupIds, interfaceIds, what } = change;
  return { eventId: id, at, call, ...actor, groupIds, interfaceIds, says, undo, ...(details ? { what } : {}) };
}

/** What a change did to the paths of pods. */
export const CHANGE_NEWS: Announce<Of<'change'>> = { kind: 'change', about: ({ id }) => id, labels, content, machine };
