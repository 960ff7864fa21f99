import type { AcceptanceAnswer } from '../../shared/app/accept.ts';
import { SCHEMA_VERSION, toJson } from './json.ts';
import { BLANK, type Line, layout, type View } from './layout.ts';
import { numbered, step } from './sections/steps.ts';

/** What was recorded, and what that means from now on; or why it was refused. */
export function acceptedTable(answer: AcceptanceAnswer, ledger: string, again: string, view: View): string {
  if (!answer.accepted) {
    const refused: Line = { text: `Refused: ${answer.says}. Nothing was changed.`, hang: 2, tone: 'bad' };
    return layout(
      [refused, BLANK, ...numbered([step('This shows what is open, and the ids of all of it:', [`${again} --format json`])])],
      view,
    );
  }
  const { by, reason } = answer.acceptance;
  return layout(
    [
      { text: `Recorded in ${ledger}: ${answer.says}`, hang: 2, tone: 'warn' },
      {
        rows: [
          ['reason', reason],
          ['by', by],
        ],
        indent: 2,
      },
      BLANK,
      ...numbered([
        step(
          'From the next audit on it alerts nobody, and no cleanup with this ledger deletes it. It alerts again when that day is over, or when it gets worse. This shows it:',
          [again],
        ),
      ]),
    ],
    view,
  );
}

/** The published contract of `accept --format json`. */
export const acceptedJson = (answer: AcceptanceAnswer): string =>
  toJson({
    schemaVersion: SCHEMA_VERSION,
    accepted: answer.accepted,
    says: answer.says,
    ...(answer.accepted ? { acceptance: answer.acceptance } : {}),
  });
