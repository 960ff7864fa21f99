// What to do about a plan.
import type { Of } from '../content/announce.ts';
import { decisionCommand } from '../content/command-line.ts';
import { minuteOf } from '../content/time.ts';
import type { Remedy } from '../domain/verdict.ts';
import { resultSteps, shows } from './result.ts';

type News = Of<'plan'>;

// An answer may have come before the question was sent; and what expired may wait again, in its next round.
export const isWaiting = ({ plan }: News): boolean => plan.status === 'waiting';

/** What to do, in order: the answers that can be given as long as it waits. */
export function stepsOf(news: News): Remedy[] {
  const { event } = news.notice;
  if (event === 'finished') return [...resultSteps(news), ...answerSteps(news)];
  if (isWaiting(news)) return answerSteps(news);
  switch (event) {
    case 'approved':
      return [
        {
          // A click does not wait for a sweep.
          summary: `Nothing: ${news.plan.decision?.via === 'slack' ? 'the cleanup worker has it' : 'the next sweep, within half an hour, hands it to the cleanup worker'}; a message reports the result.`,
          commands: [],
        },
        ...takingBack(news),
        {
          summary:
            'To keep one of them for good, tag it sgp-warden:keep, with any value; the worker looks for that tag right before it deletes.',
          commands: [],
        },
      ];
    case 'rejected':
      return [
        {
          summary: 'Nothing: they stay and stay reported, and the question is not asked again while nothing about them changes.',
          commands: [],
        },
      ];
    case 'proposed':
      return [{ summary: `Nothing: it is ${news.plan.status} by now; this shows how things stand:`, commands: shows(news) }];
    default:
      return [{ summary: 'Nothing: this plan deletes nothing more; this shows how things stand:', commands: shows(news) }];
  }
}

const takingBack = ({ plan, target }: News): Remedy[] =>
  plan.status === 'approved'
    ? [{ summary: 'To take the approval back, as long as that has not begun:', commands: decisionCommand('reject', plan, target.region) }]
    : [];

/** How to answer a plan that waits. */
function answerSteps(news: News): Remedy[] {
  const { plan, target } = news;
  if (!isWaiting(news)) return [];
  const command = (verdict: 'approve' | 'reject') => decisionCommand(verdict, plan, target.region);
  return [
    { summary: 'Approve it; every interface is proven once more within seconds of its deletion:', commands: command('approve') },
    { summary: 'Or reject it; the question is not asked again while nothing changes:', commands: command('reject') },
    { summary: `Or do nothing: nothing is deleted, and the plan expires ${minuteOf(plan.expiresAt)}.`, commands: [] },
  ];
}
