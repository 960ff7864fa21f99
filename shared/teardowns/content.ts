import { type Announce, type Of, placeOf, URGENCY } from '../content/announce.ts';
import { fact, firstOf, items } from '../content/blocks.ts';
import { auditCommand } from '../content/command-line.ts';
import type { Block, Message } from '../content/document.ts';
import { minuteOf } from '../content/time.ts';
import { count, shortList } from '../content/words.ts';
import type { Target } from '../domain/finding.ts';
import type { Remedy } from '../domain/verdict.ts';
import { teardownKey } from './record.ts';
import type { DeletedCluster, Leftover } from './teardown.ts';

const MOST_LISTED = 10;

const where = ({ name, vpcId }: DeletedCluster, { accountId, region }: Target): string =>
  `cluster ${name}${vpcId ? ` in ${vpcId}` : ''}, account ${accountId}, ${region}`;

const birth = ({ arn, createdAt }: DeletedCluster): string[] => [
  ...(arn ? [arn] : []),
  ...(createdAt ? [`created ${minuteOf(createdAt)}`] : []),
];

const step = (summary: string, commands: readonly string[] = []): Remedy => ({ summary, commands });
const kindOf = ({ kind, state }: Leftover): string => `${kind.replaceAll('-', ' ')}${state ? ` (${state})` : ''}`;

/** The answer to "is it really gone?". */
function certificateContent({ certificate, target }: Of<'certificate'>): Message {
  const { cluster, leftovers, outcome, says, details, at } = certificate;
  const number = `${count(leftovers.length, 'interface')} left of cluster ${cluster.name}`;
  const headline =
    (outcome === 'leftovers' && leftovers.length > 0 ? number : says.replace(/\.$/, '')) || `cluster ${cluster.name}: ${outcome}`;
  return {
    tag: outcome.toUpperCase(),
    about: cluster.name,
    headline,
    where: target.region,
    at,
    blocks: [
      ...fact(
        'certificate',
        'Teardown certificate',
        [outcome, ...(says === `${headline}.` ? [] : [says]), ...(details ? [details] : [])].join('. '),
        'summary',
      ),
      ...fact('where', 'Where', where(cluster, target)),
      ...leftoverBlocks(leftovers),
    ],
    steps: outcome === 'leftovers' ? leftoverSteps(leftovers, cluster.name, target.region) : [step('Nothing.')],
    footer: [`Certified ${minuteOf(at)}`, ...birth(cluster)],
  };
}

function leftoverBlocks(leftovers: readonly Leftover[]): Block[] {
  const kinds = [...Map.groupBy(leftovers, kindOf)].map(([kind, those]) => `${those.length} x ${kind}`);
  const held = leftovers.flatMap(({ blocks }) => [...blocks.securityGroups, blocks.subnet, blocks.vpc]);
  const blocked = [...new Set(held)].filter(Boolean).sort();
  const each = leftovers.map((leftover) => `${leftover.id}, ${kindOf(leftover)}: ${leftover.says}`);
  return [
    ...fact('leftovers', 'What is left', kinds.join(', '), 'summary'),
    ...fact(
      'blocks',
      'What it blocks',
      blocked.length > 0 ? `EC2 refuses to delete ${shortList(blocked, MOST_LISTED)} while they exist` : '',
    ),
    ...items('leftover-list', firstOf(each, MOST_LISTED), 'evidence'),
  ];
}

function leftoverSteps(leftovers: readonly Leftover[], cluster: string, region: string): Remedy[] {
  const ours = leftovers.filter((leftover) => leftover.ours);
  const orphans = ours.filter(({ state }) => state === 'orphan').length;
  const unproven = ours.length - orphans;
  const others = leftovers.length - ours.length;
  const steps = [
    ...(orphans > 0
      ? [step(`Delete the ${count(orphans, 'proven orphan')}; this prints proof and command of each:`, auditCommand(region, cluster))]
      : []),
    ...(unproven > 0 ? [step(`Leave alone the ${count(unproven, 'interface')} not proven yet; the scheduled runs look again.`)] : []),
    ...(others > 0 ? [step(`Have the owner remove the ${count(others, 'other interface')}; SGP Warden never deletes those.`)] : []),
  ];
  return steps.length > 0 ? steps : [step('Look at the cluster itself; the scheduled runs look again.')];
}

/** What is left of a deleted cluster. */
export const CERTIFICATE_NEWS: Announce<Of<'certificate'>> = {
  kind: 'certificate',
  about: ({ certificate }) => teardownKey(certificate.cluster),
  labels: (news) => {
    const { outcome, cluster } = news.certificate;
    const severity = outcome === 'leftovers' ? 'high' : 'low';
    const labels = { severity, cluster: cluster.name, subject: cluster.name, state: outcome } as const;
    return { kind: 'certificate', ...placeOf(news), ...labels, urgency: URGENCY.answers, isOver: false };
  },
  content: certificateContent,
  machine: ({ certificate: { leftovers, ...certificate } }, details) => ({
    at: certificate.at,
    summary: certificate.says,
    certificate: { ...certificate, leftoverCount: leftovers.length, leftovers: details ? leftovers : [] },
  }),
};

/** What a deletion is about to orphan, while something can still be done. */
function warningContent({ warning, target }: Of<'warning'>): Message {
  const { cluster, branchesInUse, branchesAvailable, principal, says, advice, at } = warning;
  const branches = branchesInUse + branchesAvailable;
  return {
    tag: 'WARNING',
    about: cluster.name,
    headline:
      branches > 0
        ? `deleting ${cluster.name} is about to orphan ${count(branches, 'branch interface')}`
        : // No number may also mean that it could not be read.
          `deleting ${cluster.name} leaves an unknown number of branch interfaces behind`,
    where: target.region,
    at,
    blocks: [
      ...fact('happens', 'What happens', says, 'summary'),
      ...fact('where', 'Where', where(cluster, target)),
      ...fact('by', 'Deleted by', principal, 'summary'),
    ],
    steps: advice.map((summary) => step(summary)),
    footer: [`Deletion seen ${minuteOf(at)}`, ...birth(cluster)],
  };
}

/** What the deletion of a living cluster is about to leave behind. */
export const WARNING_NEWS: Announce<Of<'warning'>> = {
  kind: 'warning',
  about: ({ warning }) => teardownKey(warning.cluster),
  labels: (news) => {
    const { name } = news.warning.cluster;
    return { kind: 'warning', ...placeOf(news), severity: 'high', cluster: name, subject: name, urgency: URGENCY.now, isOver: false };
  },
  content: warningContent,
  machine: ({ warning }) => ({ at: warning.at, summary: warning.says, warning }),
};
