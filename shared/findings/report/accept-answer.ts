import { next, step, table } from '../../content/blocks.ts';
import type { Report } from '../../content/document.ts';
import type { Acceptance } from '../../domain/acceptance.ts';

export type Answer = { accepted: true; acceptance: Acceptance; says: string } | { accepted: false; says: string };

const ACCEPTED =
  'From the next audit on it raises no alert, and no cleanup with this ledger deletes it. It alerts again when that day is over, or when it gets worse. This shows it:';

/** What was recorded, and what that means from now on; or why it was refused. */
export function acceptanceReport(answer: Answer, ledger: string, again: string): Report {
  if (!answer.accepted) {
    return {
      title: `Refused: ${answer.says}. Nothing was changed.`,
      tone: 'bad',
      blocks: [next([step('This shows what is open, and the ids of all of it:', [`${again} --format json`])])],
    };
  }
  const { by, reason } = answer.acceptance;
  const rows = [
    ['reason', reason],
    ['by', by],
  ];
  return {
    title: `Recorded in ${ledger}: ${answer.says}`,
    tone: 'warning',
    blocks: [...table('acceptance', rows), next([step(ACCEPTED, [again])])],
  };
}

/** The published contract of `accept --format json`. */
export const acceptanceFields = (answer: Answer) => ({
  accepted: answer.accepted,
  says: answer.says,
  ...(answer.accepted ? { acceptance: answer.acceptance } : {}),
});
