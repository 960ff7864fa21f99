import { minuteOf } from '../content/time.ts';
import { count, shortList, thousands } from '../content/words.ts';
import type { Announcement } from '../model/announcement.ts';
import type { PlanOutcome } from '../model/plan.ts';
import type { Remedy } from '../model/verdict.ts';
import { auditCommand, historyCommand } from './command-line.ts';
import { isTroubled, resultOf } from './labels.ts';
import { clusterName, refusalLines, unblockedLines } from './plan-facts.ts';
import type { Story } from './story.ts';

type Told = Extract<Announcement, { kind: 'plan' }>;

const MOST_IDS = 10;
const OTHERWISE = [
  ['failed', 'failed'],
  ['left', 'left'],
  ['refused', 'refused'],
  ['already-gone', 'already gone'],
] as const satisfies readonly (readonly [PlanOutcome['status'], string])[];

const withStatus = (told: Told, status: PlanOutcome['status']): PlanOutcome[] =>
  (resultOf(told)?.outcomes ?? []).filter((outcome) => outcome.status === status);

/** Nothing of the plan is there any more. */
function isComplete(told: Told): boolean {
  const { outcomes = [] } = resultOf(told) ?? {};
  const isGone = ({ status }: PlanOutcome) => status === 'deleted' || status === 'already-gone';
  return !isTroubled(resultOf(told)) && outcomes.length > 0 && outcomes.every(isGone);
}

export function resultTag(told: Told): string {
  if (isTroubled(resultOf(told))) return 'CLEANUP FAILED';
  return isComplete(told) ? 'CLEANED UP' : 'CLEANUP';
}

/** How many of how many, and what became of the others. */
export function resultHeadline(told: Told): string {
  const { deletions } = told.plan.plan;
  const name = clusterName(told.plan.cluster);
  const result = resultOf(told);
  if (!result) return `the cleanup of ${name} left something behind`;
  const others = OTHERWISE.map(([status, words]) => [withStatus(told, status).length, words] as const)
    .filter(([n]) => n > 0)
    .map(([n, words]) => `, ${thousands(n)} ${words}`);
  const deleted = withStatus(told, 'deleted').length;
  return `${thousands(deleted)} of ${count(deletions.length, 'orphan')} of ${name} deleted${others.join('')}`;
}

/** What was deleted and by whose word, what was not, and why. */
export function resultLines(told: Told): Story['lines'] {
  const { decision, plan } = told.plan;
  const result = resultOf(told);
  if (!result) return [];
  const ids = (label: string, status: PlanOutcome['status'], more = ''): Story['lines'] => {
    const those = withStatus(told, status).map(({ interfaceId }) => interfaceId);
    return those.length > 0 ? [[label, `${shortList(those, MOST_IDS)}${more}`]] : [];
  };
  const refused = withStatus(told, 'refused').map(({ interfaceId, guard = 'refused', says }) => ({ interfaceId, guard, reason: says }));
  const failed = withStatus(told, 'failed').map(({ interfaceId, says }) => ({ interfaceId, guard: '', reason: says }));
  return [
    ...(decision ? ([['Approved by', `${decision.by} (${decision.via}), ${minuteOf(decision.at)}`]] as const) : []),
    ...(result.stop ? ([['Why it stopped', `${result.stop.says} (${result.stop.why})`]] as const) : []),
    ...ids('Deleted', 'deleted'),
    ...ids('Already gone', 'already-gone', '; not deleted by us'),
    ...(refused.length > 0 ? [['', 'Refused at the last look, and by which guard:'] as const, ...refusalLines(refused)] : []),
    ...(failed.length > 0 ? [['', 'What failed:'] as const, ...refusalLines(failed)] : []),
    ...ids('Not touched', 'left'),
    ...(isComplete(told) && plan.unblocks.length > 0
      ? [['', 'What that unblocked, as far as the plan knew:'] as const, ...unblockedLines(plan)]
      : []),
  ];
}

const JUDGED_ANEW = 'The next sweep judges what remains anew, and what is still a proven orphan gets a new plan';
const WAITS = 'What remains, and is still proven, waits for another approval';

/** What to do after a cleanup; what remains is never deleted by the same approval. */
export function resultSteps(told: Told): Remedy[] {
  const { plan, target } = told;
  const again = auditCommand(target.region, plan.cluster === '-' ? null : plan.cluster, plan.ledger);
  const steps: Remedy[] = isComplete(told)
    ? [{ summary: 'Nothing: the next sweep looks at the cluster again and certifies what is left of it.', commands: [] }]
    : [
        ...(resultOf(told)?.stop?.why === 'denied'
          ? [
              {
                summary: 'Allow the cleanup function what it was denied; the stack as it is packaged does, so deploy it again.',
                commands: [],
              },
            ]
          : []),
        { summary: `${plan.status === 'waiting' ? WAITS : JUDGED_ANEW}; this shows how things stand:`, commands: again },
      ];
  const history = historyCommand(plan.ledger, target.region);
  if (withStatus(told, 'deleted').length === 0) return steps;
  return [...steps, { summary: 'Every record is kept; with --recreate ID this prints the way back:', commands: history }];
}
