// What came of a plan.

import type { Of } from '../content/announce.ts';
import { fact, items, section } from '../content/blocks.ts';
import { auditCommand, historyCommand } from '../content/command-line.ts';
import type { Block } from '../content/document.ts';
import { clusterName, count, shortList, thousands } from '../content/words.ts';
import type { Remedy } from '../domain/verdict.ts';
import { refusalLines, unblockedLines } from './parts.ts';
import type { PlanOutcome, PlanResult, ProposedPlan } from './plan.ts';

type News = Pick<Of<'plan'>, 'notice' | 'plan' | 'target'>;
type Status = PlanOutcome['status'];

const MOST_IDS = 10;
const OTHERWISE = [
  ['failed', 'failed'],
  ['left', 'left'],
  ['refused', 'refused'],
  ['already-gone', 'already gone'],
] as const satisfies readonly (readonly [Status, string])[];
const NEEDS_SOMEBODY: ReadonlySet<Status> = new Set(['failed', 'left']);

/** Undefined: the plan is in another round by now, which has not ended. */
const resultOf = ({ notice, plan }: Pick<News, 'notice' | 'plan'>): PlanResult | undefined =>
  notice.plan === plan.id ? plan.result : undefined;

/** Whether a cleanup ended otherwise than it should. What a guard refused at the last look is as it should be. */
export function isTroubled(news: Pick<News, 'notice' | 'plan'>): boolean {
  const result = resultOf(news);
  return result === undefined || result.stop !== undefined || result.outcomes.some(({ status }) => NEEDS_SOMEBODY.has(status));
}

const withStatus = (result: PlanResult | undefined, status: Status): PlanOutcome[] =>
  (result?.outcomes ?? []).filter((outcome) => outcome.status === status);

/** Nothing of the plan is there any more. */
function isComplete(news: News): boolean {
  const { outcomes = [] } = resultOf(news) ?? {};
  return !isTroubled(news) && outcomes.length > 0 && outcomes.every(({ status }) => status === 'deleted' || status === 'already-gone');
}

export function resultTag(news: News): string {
  if (isTroubled(news)) return 'CLEANUP FAILED';
  return isComplete(news) ? 'CLEANED UP' : 'CLEANUP';
}

/** How many of how many, and what became of the others. */
export function resultHeadline(news: News): string {
  const name = clusterName(news.plan.cluster);
  const result = resultOf(news);
  if (!result) return `the cleanup of ${name} left something behind`;
  const others = OTHERWISE.map(([status, words]) => [withStatus(result, status).length, words] as const)
    .filter(([n]) => n > 0)
    .map(([n, words]) => `, ${thousands(n)} ${words}`);
  const deleted = withStatus(result, 'deleted').length;
  return `${thousands(deleted)} of ${count(news.plan.plan.deletions.length, 'orphan')} of ${name} deleted${others.join('')}`;
}

/** What was deleted, what was not, and why. */
export function resultBlocks(result: PlanResult, plan: ProposedPlan, complete: boolean): Block[] {
  const ids = (key: string, label: string, status: Status, more = '') => {
    const those = withStatus(result, status).map(({ interfaceId }) => interfaceId);
    return fact(key, label, those.length > 0 ? `${shortList(those, MOST_IDS)}${more}` : '', 'summary');
  };
  const why = (status: Status) =>
    refusalLines(withStatus(result, status).map(({ interfaceId, guard = '', says }) => ({ interfaceId, guard, reason: says })));
  return [
    ...fact('stop', 'Why it stopped', result.stop && `${result.stop.says} (${result.stop.why})`, 'summary'),
    ...ids('deleted', 'Deleted', 'deleted'),
    ...ids('already-gone', 'Already gone', 'already-gone', '; not deleted by SGP Warden'),
    ...section('refused', 'Refused at the last look, and by which guard', items('refusals', why('refused'))),
    ...section('failed', 'What failed', items('failures', why('failed'))),
    ...ids('left', 'Not touched', 'left'),
    ...(complete ? section('unblocked', 'What that unblocked, as far as the plan knew', items('unblocks', unblockedLines(plan.plan))) : []),
  ];
}

export const resultBlocksOf = (news: News): Block[] => {
  const result = resultOf(news);
  return result ? resultBlocks(result, news.plan, isComplete(news)) : [];
};

const JUDGED_ANEW = 'The next sweep judges what remains anew, and what is still a proven orphan gets a new plan';
const WAITS = 'What remains, and is still proven, waits for another approval';

/** The command that shows how a plan stands. */
export const shows = ({ plan: { cluster, ledger }, target }: News): string[] =>
  auditCommand(target.region, cluster === '-' ? null : cluster, ledger);

/** What to do after a cleanup; what remains is never deleted by the same approval. */
export function resultSteps(news: News): Remedy[] {
  const { plan, target } = news;
  const result = resultOf(news);
  const steps: Remedy[] = [];
  if (isComplete(news))
    steps.push({ summary: 'Nothing: the next sweep looks at the cluster again and certifies what is left of it.', commands: [] });
  if (result?.stop?.why === 'denied')
    steps.push({
      summary: 'Allow the cleanup function what it was denied; the stack as it is packaged does, so deploy it again.',
      commands: [],
    });
  if (!isComplete(news))
    steps.push({ summary: `${plan.status === 'waiting' ? WAITS : JUDGED_ANEW}; this shows how things stand:`, commands: shows(news) });
  if (withStatus(result, 'deleted').length > 0)
    steps.push({
      summary: 'The ledger keeps every record; with --recreate ID this prints the way back:',
      commands: historyCommand(plan.ledger, target.region),
    });
  return steps;
}
