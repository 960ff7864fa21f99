import { count, shortList, thousands } from '../content/words.ts';
import type { Announcement } from '../model/announcement.ts';
import type { Remedy } from '../model/verdict.ts';
import { changeHeadline, changeTag } from './change-story.ts';
import { auditCommand } from './command-line.ts';
import { dailyHeadline, dailyTag } from './daily-story.ts';
import { findingHeadline, findingTag } from './finding-story.ts';
import { examplesOf, groupsOf } from './groups.ts';
import { isOver, type Labels, labelsOf, sharedBy, valuesOf, worstOf } from './labels.ts';
import { planHeadline, planTag } from './plan-story.ts';
import type { Story } from './story.ts';
import { firstClause } from './text.ts';

const MOST_GROUPS = 20;
const MOST_FIRST = 5;
const MOST_NAMES = 5;

/** What an announcement says, in one line of a list. */
export function briefly(announcement: Announcement): string {
  if (announcement.kind === 'transition') return `${findingTag(announcement)} ${findingHeadline(announcement)}`;
  if (announcement.kind === 'plan') return `${planTag(announcement)} ${planHeadline(announcement)}`;
  if (announcement.kind === 'change') return `${changeTag(announcement)} ${changeHeadline(announcement)}`;
  if (announcement.kind === 'warning') return `WARNING ${firstClause(announcement.warning.says)}`;
  if (announcement.kind === 'daily') return `${dailyTag(announcement.digest)} ${dailyHeadline(announcement.digest)}`;
  return `${announcement.certificate.outcome.toUpperCase()} ${firstClause(announcement.certificate.says)}`;
}

const happened = ({ kind, transition }: Labels, details: readonly (string | undefined)[]): string => {
  const known = details.filter((word) => word !== undefined);
  return `${transition ?? kind}${known.length > 0 ? ` (${known.join(' ')})` : ''}`;
};

/** Many announcements in one message: how many of what, the first of them, and where to see them all. */
export function digestStory(announcements: readonly Announcement[]): Story {
  const labels = announcements.map(labelsOf);
  const groups = groupsOf(announcements);
  const [clusters, regions] = [valuesOf(labels, 'cluster'), valuesOf(labels, 'region')];
  const kinds = Map.groupBy(labels, (each) => happened(each, [each.state ?? each.ruleId ?? (each.kind === 'plan' ? 'plan' : undefined)]));
  const summary = [...kinds].map(([kind, those]) => `${thousands(those.length)} ${kind}`).join(', ');
  const cluster = sharedBy(labels, 'cluster') ?? null;
  const open = labels.filter((each) => !isOver(each));
  const where = [clusters.length > 1 ? `${clusters.length} clusters` : (clusters[0] ?? ''), shortList(regions, 1)]
    .filter(Boolean)
    .join(', ');
  return {
    tag: open.length > 0 ? worstOf(open).toUpperCase() : 'RESOLVED',
    about: '',
    headline: `${count(announcements.length, 'change')}: ${summary}`,
    where,
    lines: [
      ['Where', `account ${shortList(valuesOf(labels, 'account'), 1)}, ${shortList(regions, MOST_NAMES)}`],
      ...(clusters.length > 0 ? ([['Clusters', shortList(clusters, MOST_NAMES)]] as const) : []),
      ['', 'What changed:'],
      ...groups.slice(0, MOST_GROUPS).map(({ labels, all }) => ['', groupLine(labels, all.length, regions.length > 1)] as const),
      ...(groups.length > MOST_GROUPS ? ([['', `- and ${count(groups.length - MOST_GROUPS, 'other kind')} of change`]] as const) : []),
      ['', 'For example:'],
      ...examplesOf(groups, MOST_FIRST).map((each) => ['', `- ${briefly(each)}`] as const),
    ],
    steps:
      open.length > 0
        ? [
            ...planSteps(announcements),
            ...valuesOf(open, 'region').map((region) => ({
              summary: `See all that is open in ${region}, with proofs and commands:`,
              commands: auditCommand(region, cluster),
            })),
          ]
        : [{ summary: 'Nothing; all of this is over.', commands: [] }],
    footer: [
      `This message stands for all ${thousands(announcements.length)}; its machine-readable form, on the findings topic, lists them.`,
    ],
  };
}

/** Where the plans are that wait for an answer: each ledger and region once. */
function planSteps(announcements: readonly Announcement[]): Remedy[] {
  const waiting = announcements.flatMap((each) => (each.kind === 'plan' && each.plan.status === 'waiting' ? [each] : []));
  const places = Map.groupBy(waiting, ({ plan, target }) => JSON.stringify([target.region, plan.ledger]));
  return [...places.values()].slice(0, MOST_NAMES).flatMap(([first, ...more]) =>
    first
      ? [
          {
            summary: `Approve or reject ${count(more.length + 1, 'plan')} in ${first.target.region}; this shows each with its commands:`,
            commands: auditCommand(first.target.region, null, first.plan.ledger),
          },
        ]
      : [],
  );
}

function groupLine(first: Labels, size: number, manyRegions: boolean): string {
  const { kind, cluster, region, severity, ruleId, state } = first;
  const where = `${cluster === null ? 'no cluster' : `cluster ${cluster}`}${manyRegions ? ` in ${region}` : ''}`;
  return `- ${thousands(size)} ${happened(first, kind === 'plan' ? ['plan'] : [ruleId, state])}, ${where}, ${severity}`;
}
