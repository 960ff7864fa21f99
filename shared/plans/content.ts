import { type Announce, type Answers, type Labels, type Of, placeOf, URGENCY } from '../content/announce.ts';
import { fact, items, section } from '../content/blocks.ts';
import { auditCommand } from '../content/command-line.ts';
import type { Block, Fact, Message } from '../content/document.ts';
import { cut } from '../content/text.ts';
import { minuteOf } from '../content/time.ts';
import { clusterName, count, verb } from '../content/words.ts';
import type { Remedy } from '../domain/verdict.ts';
import { machine } from './machine.ts';
import { addressesOf, interfaceLines, proofLines, refusalLines, unblockedLines } from './parts.ts';
import type { PlanEvent, ProposedPlan } from './plan.ts';
import { planKey } from './record.ts';
import { isTroubled, resultBlocksOf, resultHeadline, resultTag } from './result.ts';
import { isWaiting, stepsOf } from './steps.ts';

type News = Of<'plan'>;

const TAGS: Record<Exclude<PlanEvent, 'proposed' | 'finished'>, string> = {
  approved: 'APPROVED',
  rejected: 'REJECTED',
  expired: 'EXPIRED',
  superseded: 'SUPERSEDED',
};
const MOST_PLACES = 5;
const NAME_BYTES = 100;

function labels(news: News): Labels {
  const { notice, plan } = news;
  const isAsked = notice.event === 'proposed' && isWaiting(news);
  const isNews = isAsked || (notice.event === 'finished' && isTroubled(news));
  return {
    kind: 'plan',
    ...placeOf(news),
    ...{
      severity: isNews ? 'high' : 'low',
      cluster: plan.cluster === '-' ? null : plan.cluster,
      subject: plan.id,
      transition: notice.event,
    },
    // What came of a plan stands for many `cleaned`: those can go into a batch, this should not.
    urgency: isAsked ? URGENCY.asks : URGENCY.answers,
    isOver: !isNews,
  };
}

/** How urgent, in a word or two. */
function tagOf(news: News): string {
  const { event } = news.notice;
  if (event === 'proposed') return isWaiting(news) ? 'APPROVE?' : 'PROPOSED';
  return event === 'finished' ? resultTag(news) : TAGS[event];
}

/** What happened to a plan, in one clause. */
function headlineOf(news: News): string {
  const { cluster, plan } = news.plan;
  const n = plan.deletions.length;
  const orphans = `${count(n, 'orphan')} of ${clusterName(cluster)}`;
  const held = addressesOf(plan.deletions);
  switch (news.notice.event) {
    case 'proposed':
      return `${orphans}${held > 0 ? ` ${verb(n, 'hold')} ${count(held, 'address')}` : ''}`;
    case 'approved':
      return `${orphans} ${verb(n, 'be')} going to be deleted`;
    case 'rejected':
      return `${orphans} ${verb(n, 'stay')}`;
    case 'expired':
      return `the plan for ${orphans} ran out of time`;
    case 'superseded':
      return `the plan for ${orphans} is void`;
    case 'finished':
      return resultHeadline(news);
  }
}

/** What became of a plan: what it deletes, why that is certain, what is left alone, and how to answer it. */
function content(news: News): Message {
  const { notice, plan, target } = news;
  const round = notice.plan === plan.id ? '' : `, and by now ${plan.id}, ${plan.status}`;
  const then = notice.event === 'proposed' ? notice.at : plan.proposedAt;
  return {
    tag: tagOf(news),
    about: clusterName(plan.cluster),
    headline: headlineOf(news),
    where: target.region,
    at: notice.at,
    blocks: [
      // The question may come after the answer.
      ...fact('status', 'Status', notice.event === 'proposed' ? plan.says : notice.says, 'summary'),
      ...fact('where', 'Where', `deleted cluster ${clusterName(plan.cluster)}, account ${target.accountId}, ${target.region}`),
      ...(notice.plan === plan.id ? decisionFact(plan) : []),
      ...blocksOf(news),
    ],
    steps: stepsOf(news),
    footer: [
      `Plan ${notice.plan}${round}`,
      `Proposed ${minuteOf(then)}${notice.event === 'proposed' ? '' : `; ${notice.event} ${minuteOf(notice.at)}`}`,
    ],
    people: plan.decision ? [plan.decision.by] : [],
  };
}

/** Who answered, how and when. */
export const decisionFact = ({ decision }: ProposedPlan): Fact[] =>
  decision
    ? fact(
        'decision',
        decision.verdict === 'approve' ? 'Approved by' : 'Rejected by',
        `${decision.by} (${decision.via}), ${minuteOf(decision.at)}`,
        'summary',
      )
    : [];

function blocksOf(news: News): Block[] {
  const { plan, notice } = news;
  if (notice.event === 'finished') return resultBlocksOf(news);
  const { deletions, refusals } = plan.plan;
  if (notice.event !== 'proposed')
    return section('interfaces', 'What it is about', items('interface-list', interfaceLines(deletions)), 'evidence');
  return [
    ...fact('expires', 'Waits until', isWaiting(news) ? minuteOf(plan.expiresAt) : ''),
    ...fact('interfaces', 'Would be deleted', count(deletions.length, 'interface')),
    ...items('interface-list', interfaceLines(deletions), 'evidence'),
    ...section('proof', 'Why that is certain', items('proof-points', proofLines(deletions)), 'evidence'),
    ...section('unblocked', 'What that unblocks', items('unblocks', unblockedLines(plan.plan))),
    ...(refusals.length > 0
      ? [
          ...fact('refused', 'Would stay', `${count(refusals.length, 'interface')}, and the guard that holds each back`),
          ...items('refusals', refusalLines(refusals), 'evidence'),
        ]
      : []),
  ];
}

/** Where the plans are that wait for an answer: each ledger and region once. */
function batchSteps(all: readonly News[]): Remedy[] {
  const places = Map.groupBy(all.filter(isWaiting), ({ plan, target }) => JSON.stringify([target.region, plan.ledger]));
  return [...places.values()].slice(0, MOST_PLACES).flatMap(([first, ...more]) => {
    if (!first) return [];
    const { region } = first.target;
    const summary = `Approve or reject ${count(more.length + 1, 'plan')} in ${region}; this shows each with its commands:`;
    return [{ summary, commands: auditCommand(region, null, first.plan.ledger) }];
  });
}

/** Approve or reject while it waits; its evidence at any time. */
function answers({ plan, target }: News): Answers {
  const { deletions } = plan.plan;
  const held = `${count(addressesOf(deletions), 'address')}, ${target.region}`;
  const whose = cut(clusterName(plan.cluster), NAME_BYTES);
  return {
    of: { kind: 'plan', plan: plan.id },
    actions: plan.status === 'waiting' ? ['approve', 'reject', 'evidence'] : ['evidence'],
    confirm: {
      title: `Delete ${count(deletions.length, 'interface')}?`,
      text: `${count(deletions.length, 'orphan')} of ${whose} (${held}). Each is proven once more within seconds of its deletion; one that is not proven stays.`,
    },
  };
}

/** What becomes of a plan. */
export const PLAN_NEWS: Announce<Of<'plan'>> = {
  kind: 'plan',
  about: ({ plan }) => planKey(plan.id),
  labels,
  content,
  machine,
  answers,
  batchSteps,
};
