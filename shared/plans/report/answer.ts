import { next, step } from '../../content/blocks.ts';
import type { Item, Report } from '../../content/document.ts';
import type { ProposedPlan } from '../plan.ts';
import { aboutPlan } from './proposed.ts';

/** What an answer to a plan came to. */
export interface Answered {
  verdict: 'approve' | 'reject';
  accepted: boolean;
  plan: ProposedPlan | undefined;
  says: string;
}

/** The command lines that go on from here. */
export interface DecisionAgain {
  audit: string;
  history: string;
  reject: string;
}

const NO_SUCH_PLAN = 'Is it the right ledger, account and region? This shows the plans that wait in this one, each with its command:';

function nextOf({ verdict, accepted, plan }: Answered, again: DecisionAgain): Item[] {
  if (!accepted) {
    const what = plan ? 'This shows how things stand, and which plans wait, each with its command:' : NO_SUCH_PLAN;
    return [step(what, [again.audit])];
  }
  if (verdict === 'reject')
    return [
      step('Nothing to do: what it is about stays, and is not asked about again while nothing changes. This shows it:', [again.audit]),
    ];
  return [
    step(
      'The next sweep of the stack, within 30 minutes, hands it to the cleanup worker, which proves every interface once more right before it is deleted. These show what came of it:',
      [again.history, again.audit],
    ),
    step('As long as that has not begun, this takes the approval back:', [again.reject]),
  ];
}

/** What was recorded, and what happens next; or why it was refused. */
export function answerReport(answered: Answered, ledger: string, again: DecisionAgain): Report {
  const { accepted, plan, says, verdict } = answered;
  const blocks = [next(nextOf(answered, again))];
  if (!accepted) return { title: `Refused: ${says}. Nothing was changed; that it was asked for is recorded.`, tone: 'bad', blocks };
  const title = `Recorded in ${ledger}: ${says}${plan ? ` (${aboutPlan(plan)})` : ''}`;
  return { title, tone: verdict === 'approve' ? 'warning' : 'good', blocks };
}
