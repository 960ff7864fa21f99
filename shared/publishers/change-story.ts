import { minuteOf } from '../content/time.ts';
import { count, shortList } from '../content/words.ts';
import type { Announcement } from '../model/announcement.ts';
import type { PathNews, ToldChange } from '../model/change.ts';
import type { Remedy } from '../model/verdict.ts';
import { labelsOf } from './labels.ts';
import type { Story } from './story.ts';

type Told = Extract<Announcement, { kind: 'change' }>;

const MOST_NEWS = 10;
const MOST_CHANGES = 5;
const MOST_IDS = 3;

// What pods lose when a rule fails.
const PATHS: ReadonlyMap<string, string> = new Map([
  ['dns-path-blocked', 'DNS'],
  ['probe-path-blocked', 'kubelet probes'],
  ['pod-to-pod-path-blocked', 'one another'],
  ['control-plane-path-blocked', 'their control plane'],
]);
const pathOf = ({ ruleId }: PathNews): string => PATHS.get(ruleId) ?? ruleId;

/** Whether any path that is better is not good yet. */
const isPartly = (regained: readonly PathNews[]): boolean => regained.some(({ fix }) => fix !== null);

export const changeTag = (told: Told): string => {
  const { lost, regained } = told.notice;
  if (lost.length > 0) return labelsOf(told).severity.toUpperCase();
  return isPartly(regained) ? 'BETTER' : 'RESOLVED';
};

/** Who cut off whom from what, in one clause. */
export function changeHeadline({ notice }: Told): string {
  const { lost, regained, cluster, changes, moreChanges } = notice;
  const news = lost.length > 0 ? lost : regained;
  const paths = shortList([...new Set(news.map(pathOf))], MOST_IDS);
  // Pods of one set may have lost more than one path.
  const pods = [...new Map(news.map((each) => [each.setId, each.pods])).values()].reduce((sum, n) => sum + n, 0);
  const [first] = changes;
  const others = changes.length + moreChanges - 1;
  const since = first
    ? ` since ${nameOf(first)} called ${first.change.call}${others > 0 ? ` and ${count(others, 'more change')}` : ''}`
    : '';
  return `${count(pods, 'pod')} of ${cluster} ${lost.length > 0 ? 'lost' : isPartly(regained) ? 'partly regained' : 'regained'} ${paths}${since}`;
}

const nameOf = ({ change: { actor } }: ToldChange): string => actor.session ?? actor.principal.split(/[/:]/).at(-1) ?? actor.principal;

/** Who changed what and when, which pods lost or regained which path, and the way back. */
export function changeStory(told: Told): Story {
  const { notice, target } = told;
  const { cluster, changes, moreChanges, lost, regained, at } = notice;
  const unlisted = moreChanges + Math.max(0, changes.length - MOST_CHANGES);
  return {
    tag: changeTag(told),
    about: cluster,
    headline: changeHeadline(told),
    where: target.region,
    lines: [
      ...changes.slice(0, MOST_CHANGES).flatMap(changeLines),
      ...(unlisted > 0 ? ([['', `- and ${count(unlisted, 'more change')}`]] as const) : []),
      ...newsLines('Lost', lost),
      ...newsLines('Regained', regained),
      ['Where', `cluster ${cluster}, account ${target.accountId}, ${target.region}`],
    ],
    steps: lost.length > 0 ? stepsOf(notice.changes, lost) : isPartly(regained) ? fixesOf(regained) : [OVER],
    footer: [
      `Judged ${minuteOf(at)}, by what AWS said then`,
      `CloudTrail events ${shortList(
        changes.map(({ change }) => change.id),
        MOST_IDS,
      )}`,
    ],
  };
}

const OVER: Remedy = { summary: 'Nothing; this is over.', commands: [] };

const changeLines = ({ change, who, says }: ToldChange): Story['lines'] => [
  ['Who', `${who}; ${change.actor.principal}`],
  ['What', `${change.call} ${minuteOf(change.at)}: ${says}`],
];

function newsLines(label: string, news: readonly PathNews[]): Story['lines'] {
  if (news.length === 0) return [];
  const more = news.length - MOST_NEWS;
  return [
    ['', `${label}:`],
    ...news
      .slice(0, MOST_NEWS)
      .map((each) => ['', `- ${pathOf(each)}, ${count(each.pods, 'pod')} with ${each.setId}${interfaces(each)}: ${each.says}`] as const),
    ...(more > 0 ? ([['', `- and ${more} more`]] as const) : []),
  ];
}

const interfaces = ({ interfaces }: PathNews): string => (interfaces.length > 0 ? ` (${shortList(interfaces, MOST_IDS)})` : '');

/** The way back first: it restores what worked. The smallest fix opens no more than what is needed. */
function stepsOf(changes: readonly ToldChange[], lost: readonly PathNews[]): Remedy[] {
  // A rule that was added took nothing away: to revoke it would cut off whom it let through.
  const breaking = changes.filter(({ change }) => change.what.kind !== 'rules-authorized' && change.what.kind !== 'vpc-associated');
  const undone = breaking.slice(0, MOST_CHANGES).map(({ says, undo }) => ({ ...undo, summary: `To undo it (${says}): ${undo.summary}` }));
  const fixes = fixesOf(lost);
  return [...undone, ...fixes.map((fix) => ({ ...fix, summary: `Or the smallest fix: ${fix.summary}` }))];
}

function fixesOf(news: readonly PathNews[]): Remedy[] {
  const fixes = news.flatMap(({ fix }) => (fix && (fix.summary !== '' || fix.commands.length > 0) ? [fix] : []));
  return [...new Map(fixes.map((fix) => [JSON.stringify(fix), fix])).values()].slice(0, MOST_IDS);
}
