import { minuteOf } from '../content/time.ts';
import { count, shortList } from '../content/words.ts';
import type { Announcement } from '../model/announcement.ts';
import type { Target } from '../model/finding.ts';
import type { DeletedCluster, Leftover } from '../model/teardown.ts';
import type { Remedy } from '../model/verdict.ts';
import { auditCommand } from './command-line.ts';
import type { Story } from './story.ts';
import { firstClause } from './text.ts';

const MOST_LISTED = 10;

const place = ({ name, vpcId }: DeletedCluster, { accountId, region }: Target): string =>
  `cluster ${name}${vpcId ? ` in ${vpcId}` : ''}, account ${accountId}, ${region}`;

const birth = ({ arn, createdAt }: DeletedCluster): string[] => [
  ...(arn ? [arn] : []),
  ...(createdAt ? [`created ${minuteOf(createdAt)}`] : []),
];

const kindOf = ({ kind, state }: Leftover): string => `${kind.replaceAll('-', ' ')}${state ? ` (${state})` : ''}`;

/** The answer to "is it really gone?". */
export function certificateStory({ certificate, target }: Extract<Announcement, { kind: 'certificate' }>): Story {
  const { cluster, leftovers, outcome, says, at } = certificate;
  const number = `${count(leftovers.length, 'interface')} left of cluster ${cluster.name}`;
  const headline = (outcome === 'leftovers' && leftovers.length > 0 ? number : firstClause(says)) || `cluster ${cluster.name}: ${outcome}`;
  return {
    tag: outcome.toUpperCase(),
    about: cluster.name,
    headline,
    where: target.region,
    lines: [
      ['Teardown certificate', says === `${headline}.` ? outcome : `${outcome}. ${says}`],
      ['Where', place(cluster, target)],
      ...leftoverLines(leftovers),
    ],
    steps: outcome === 'leftovers' ? leftoverSteps(leftovers, cluster.name, target.region) : [{ summary: 'Nothing.', commands: [] }],
    footer: [`Certified ${minuteOf(at)}`, ...birth(cluster)],
  };
}

function leftoverLines(leftovers: readonly Leftover[]): Story['lines'] {
  if (leftovers.length === 0) return [];
  const kinds = [...Map.groupBy(leftovers, kindOf)].map(([kind, those]) => `${those.length} x ${kind}`);
  const held = leftovers.flatMap(({ blocks }) => [...blocks.securityGroups, blocks.subnet, blocks.vpc]);
  const blocked = [...new Set(held)].filter(Boolean).sort();
  const more = leftovers.length - MOST_LISTED;
  return [
    ['What is left', kinds.join(', ')],
    ...(blocked.length > 0
      ? ([['What it blocks', `EC2 refuses to delete ${shortList(blocked, MOST_LISTED)} while they exist`]] as const)
      : []),
    ...leftovers.slice(0, MOST_LISTED).map((each) => ['', `- ${each.id}, ${kindOf(each)}: ${each.says}`] as const),
    ...(more > 0 ? ([['', `- and ${more} more`]] as const) : []),
  ];
}

function leftoverSteps(leftovers: readonly Leftover[], cluster: string, region: string): Remedy[] {
  const ours = leftovers.filter((leftover) => leftover.ours);
  const orphans = ours.filter(({ state }) => state === 'orphan').length;
  const unproven = ours.length - orphans;
  const others = leftovers.length - ours.length;
  const steps: Remedy[] = [
    ...(orphans > 0
      ? [
          {
            summary: `Delete the ${count(orphans, 'proven orphan')}; this prints proof and command of each:`,
            commands: auditCommand(region, cluster),
          },
        ]
      : []),
    ...(unproven > 0
      ? [{ summary: `Leave alone the ${count(unproven, 'interface')} not proven yet; the scheduled runs look again.`, commands: [] }]
      : []),
    ...(others > 0
      ? [{ summary: `Have the owner remove the ${count(others, 'other interface')}; SGP Warden never deletes those.`, commands: [] }]
      : []),
  ];
  return steps.length > 0 ? steps : [{ summary: 'Look at the cluster itself; the scheduled runs look again.', commands: [] }];
}

/** What a deletion is about to orphan, while something can still be done. */
export function warningStory({ warning, target }: Extract<Announcement, { kind: 'warning' }>): Story {
  const { cluster, branchesInUse, branchesAvailable, principal, says, advice, at } = warning;
  const branches = branchesInUse + branchesAvailable;
  return {
    tag: 'WARNING',
    about: cluster.name,
    headline:
      branches > 0
        ? `${count(branches, 'branch interface')} about to be orphaned by deleting ${cluster.name}`
        : // No number may also mean that it could not be read.
          `deleting ${cluster.name} leaves an unknown number of branch interfaces behind`,
    where: target.region,
    lines: [['What happens', says], ['Where', place(cluster, target)], ...(principal ? ([['Deleted by', principal]] as const) : [])],
    steps: advice.map((summary) => ({ summary, commands: [] })),
    footer: [`Deletion seen ${minuteOf(at)}`, ...birth(cluster)],
  };
}
