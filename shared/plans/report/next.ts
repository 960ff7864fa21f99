import { next, step } from '../../content/blocks.ts';
import type { Block, Item } from '../../content/document.ts';
import { minuteOf } from '../../content/time.ts';
import { count, shortList, verb } from '../../content/words.ts';
import type { CleanupReport } from '../../findings/audit-report.ts';
import { dueAt, toMinute } from '../../findings/due.ts';
import { coveredBy } from '../../findings/report/covered.ts';
import { isIncomplete, leftoversOf, undecidedOf } from '../../findings/report/leftovers.ts';
import { closeGaps, LEDGER_EXAMPLE } from '../../findings/report/next.ts';
import { type DeletionOutcome, isDeferred } from '../deletion.ts';
import { suspectsOf } from './plan.ts';

/** The command line of this cleanup, changed a little, and the one that shows what was done; none without a ledger. */
export interface Again {
  cleanup: (change: { wait?: boolean; apply?: boolean; ledger?: string }) => string;
  history: string | undefined;
}

const MOST_IDS = 8;

function lookAgain(report: CleanupReport, { cleanup, history }: Again): Item[] {
  const suspects = suspectsOf(report);
  if (suspects.length === 0) return [];
  const who = count(suspects.length, 'suspect');
  const { minOrphanAgeMinutes } = report.audit;
  if (history === undefined) {
    const text = `One sighting proves nothing, and this one was not remembered. This holds it, looks at the ${who} again after ${minOrphanAgeMinutes} minutes, and goes on:`;
    return [step(text, [cleanup({ wait: true, ledger: LEDGER_EXAMPLE })])];
  }
  const due = dueAt(suspects, minOrphanAgeMinutes);
  const when = due ? `at ${minuteOf(toMinute(due))} or later` : `${minOrphanAgeMinutes} minutes from now`;
  return [step(`Look at the ${who} a second time, ${when}; this waits for it:`, [cleanup({ wait: true })])];
}

const gaps = (report: CleanupReport, { cleanup }: Again): Item[] =>
  isIncomplete(report.audit) ? closeGaps(leftoversOf(report.audit).gaps, cleanup({})) : [];

/** What to do about a plan that was only printed. */
export function nextOfPlan(report: CleanupReport, again: Again): Block[] {
  const { audit, plan } = report;
  const n = plan.deletions.length;
  const steps = [
    ...gaps(report, again),
    ...(n > 0
      ? [
          step(
            `Nothing was deleted. This deletes the ${count(n, 'interface')} of plan ${plan.digest}, each proven once more right before:`,
            [again.cleanup({ apply: true })],
          ),
        ]
      : []),
    ...lookAgain(report, again),
    ...(undecidedOf(audit).waiting.length > 0
      ? [step('What waits becomes provable once its node is gone: terminate it or wait, then plan again.')]
      : []),
  ];
  // Green must say what it looked at.
  return steps.length + plan.refusals.length + audit.findings.length === 0 ? coveredBy([audit]) : [next(steps)];
}

const inStatus = (outcomes: readonly DeletionOutcome[], status: DeletionOutcome['status']): number =>
  outcomes.filter((outcome) => outcome.status === status).length;

/** What to do after a plan was applied. */
export function nextOfResult(report: CleanupReport, again: Again): Block[] {
  const { plan, execution, freed } = report;
  const { outcomes = [], left = [], stop } = execution ?? {};
  const deferred = plan.refusals.filter(isDeferred).length;
  const rest = left.length + deferred + inStatus(outcomes, 'failed') + inStatus(outcomes, 'refused');
  const steps = [
    ...gaps(report, again),
    ...(stop?.why === 'denied' ? [step('Allow ec2:DeleteNetworkInterface to these credentials, or use others; then run it again.')] : []),
    ...(rest > 0
      ? [
          step(`Run it again for the ${count(rest, 'interface')} that ${verb(rest, 'remain')}; what changed is judged anew:`, [
            again.cleanup({ apply: true }),
          ]),
        ]
      : []),
    ...lookAgain(report, again),
    ...(freed.length > 0
      ? [
          step(
            `These can be deleted now: ${shortList(
              freed.map(({ subject }) => subject.id),
              MOST_IDS,
            )}.`,
          ),
        ]
      : []),
    ...(again.history !== undefined && inStatus(outcomes, 'deleted') > 0
      ? [step('The full records are in the ledger; with --recreate ID, the command that creates one of them again:', [again.history])]
      : []),
  ];
  return [next(steps)];
}
