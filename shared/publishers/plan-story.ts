import { minuteOf } from '../content/time.ts';
import { count, verb } from '../content/words.ts';
import type { Announcement } from '../model/announcement.ts';
import type { PlanEvent } from '../model/plan.ts';
import type { Remedy } from '../model/verdict.ts';
import { auditCommand, decisionCommand } from './command-line.ts';
import { addressesOf, clusterName, interfaceLines, proofLines, refusalLines, unblockedLines } from './plan-facts.ts';
import { resultHeadline, resultLines, resultSteps, resultTag } from './plan-result.ts';
import type { Story } from './story.ts';

type Told = Extract<Announcement, { kind: 'plan' }>;

const TAGS: Record<Exclude<PlanEvent, 'proposed' | 'finished'>, string> = {
  approved: 'APPROVED',
  rejected: 'REJECTED',
  expired: 'EXPIRED',
  superseded: 'SUPERSEDED',
};

// An answer may have come before the question was sent; and what expired may wait again, in its next round.
const isWaiting = ({ plan }: Told): boolean => plan.status === 'waiting';

/** How urgent, in a word or two. */
export function planTag(told: Told): string {
  const { event } = told.notice;
  if (event === 'proposed') return isWaiting(told) ? 'APPROVE?' : 'PROPOSED';
  return event === 'finished' ? resultTag(told) : TAGS[event];
}

const orphans = ({ plan }: Told): string => `${count(plan.plan.deletions.length, 'orphan')} of ${clusterName(plan.cluster)}`;

/** What happened to a plan, in one clause. */
export function planHeadline(told: Told): string {
  const { deletions } = told.plan.plan;
  const held = addressesOf(deletions);
  switch (told.notice.event) {
    case 'proposed':
      return `${orphans(told)}${held > 0 ? ` ${verb(deletions.length, 'hold')} ${count(held, 'address')}` : ''}`;
    case 'approved':
      return `${orphans(told)} ${verb(deletions.length, 'be')} going to be deleted`;
    case 'rejected':
      return `${orphans(told)} ${verb(deletions.length, 'stay')}`;
    case 'expired':
      return `the plan for ${orphans(told)} ran out of time`;
    case 'superseded':
      return `the plan for ${orphans(told)} is void`;
    case 'finished':
      return resultHeadline(told);
  }
}

/** What became of a plan: what it deletes, why that is certain, what is left alone, and how to answer it. */
export function planStory(told: Told): Story {
  const { notice, plan, target } = told;
  const round = notice.plan === plan.id ? '' : `, and by now ${plan.id}, ${plan.status}`;
  return {
    tag: planTag(told),
    about: clusterName(plan.cluster),
    headline: planHeadline(told),
    where: target.region,
    lines: [
      // The question may come after the answer.
      ['Status', notice.event === 'proposed' ? plan.says : notice.says],
      ['Where', `deleted cluster ${clusterName(plan.cluster)}, account ${target.accountId}, ${target.region}`],
      ...linesOf(told),
    ],
    steps: stepsOf(told),
    footer: [
      `Plan ${notice.plan}${round}`,
      notice.event === 'proposed'
        ? `Proposed ${minuteOf(notice.at)}`
        : `Proposed ${minuteOf(plan.proposedAt)}; ${notice.event} ${minuteOf(notice.at)}`,
    ],
  };
}

function linesOf(told: Told): Story['lines'] {
  const { plan, notice } = told;
  if (notice.event === 'finished') return resultLines(told);
  const { deletions, refusals } = plan.plan;
  if (notice.event !== 'proposed') return [...decisionLines(told), ['', 'What it is about:'], ...interfaceLines(deletions)];
  return [
    ...(isWaiting(told) ? ([['Waits until', minuteOf(plan.expiresAt)]] as const) : []),
    ['Would be deleted', count(deletions.length, 'interface')],
    ...interfaceLines(deletions),
    ['', 'Why that is certain:'],
    ...proofLines(deletions),
    ...(plan.plan.unblocks.length > 0 ? [['', 'What that unblocks:'] as const, ...unblockedLines(plan.plan)] : []),
    ...(refusals.length > 0
      ? [['Would stay', `${count(refusals.length, 'interface')}, and the guard that holds each back`] as const, ...refusalLines(refusals)]
      : []),
  ];
}

function decisionLines({ plan: { decision } }: Told): Story['lines'] {
  if (!decision) return [];
  return [[decision.verdict === 'approve' ? 'Approved by' : 'Rejected by', `${decision.by} (${decision.via}), ${minuteOf(decision.at)}`]];
}

function stepsOf(told: Told): Remedy[] {
  const { event } = told.notice;
  if (event === 'finished') return [...resultSteps(told), ...answers(told)];
  if (isWaiting(told)) return answers(told);
  switch (event) {
    case 'approved':
      return [
        {
          // Whoever clicks is not let wait for a sweep.
          summary: `Nothing: ${told.plan.decision?.via === 'slack' ? 'it is handed' : 'the next sweep, within half an hour, hands it'} to the cleanup worker, which tells what came of it.`,
          commands: [],
        },
        ...(told.plan.status === 'approved'
          ? [
              {
                summary: 'To take the approval back, as long as that has not begun:',
                commands: decisionCommand('reject', told.plan, told.target.region),
              },
            ]
          : []),
        {
          summary: 'To keep one of them for good, tag it sgp-warden:keep, with any value: that is looked at right before it is deleted.',
          commands: [],
        },
      ];
    case 'rejected':
      return [
        {
          summary: 'Nothing: they stay, stay reported, and nobody is asked again while nothing about them changes.',
          commands: [],
        },
      ];
    case 'proposed':
      return [{ summary: `Nothing: it is ${told.plan.status} by now; this shows how things stand:`, commands: again(told) }];
    default:
      return [{ summary: 'Nothing: nothing more is deleted by this plan; this shows how things stand:', commands: again(told) }];
  }
}

const again = ({ plan, target }: Told): string[] => auditCommand(target.region, plan.cluster === '-' ? null : plan.cluster, plan.ledger);

/** How to answer a plan that waits. */
function answers(told: Told): Remedy[] {
  const { plan, target } = told;
  if (!isWaiting(told)) return [];
  return [
    {
      summary: 'Approve it; every interface is proven once more within seconds of its deletion:',
      commands: decisionCommand('approve', plan, target.region),
    },
    { summary: 'Or reject it, and nobody is asked again while nothing changes:', commands: decisionCommand('reject', plan, target.region) },
    { summary: `Or do nothing: nothing is deleted, and the plan expires ${minuteOf(plan.expiresAt)}.`, commands: [] },
  ];
}
