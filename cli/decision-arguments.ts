import type { Decision } from '../shared/plans/plan.ts';
import { isPlanId } from '../shared/plans/plan.ts';
import { distinct, FORMAT, type Format, formatOf, LEDGER_VALUE, type Parsed, REGION } from './arguments.ts';
import { ledgerProblems } from './ledger.ts';
import { type Option, readOptions } from './options.ts';

export const DECISION_OPTIONS = {
  ledger: { value: LEDGER_VALUE, says: 'The ledger that the plan waits in, as its message names it. Required.' },
  region: { ...REGION, says: `${REGION.says} The one that the plan is for.` },
  format: FORMAT,
} as const satisfies Record<string, Option>;

export interface DecisionArguments {
  plan: string;
  ledger: string;
  regions: readonly string[];
  format: Format;
}

/** The arguments of `approve` and `reject`. */
export function parseDecision(verdict: Decision['verdict'], argv: readonly string[]): Parsed<DecisionArguments> {
  const { values, operands, problems } = readOptions(argv, DECISION_OPTIONS, ['PLAN']);
  const [plan] = operands;
  const [ledger] = distinct(values.ledger);
  return {
    value: { plan: plan ?? '', ledger: ledger ?? '', regions: distinct(values.region), format: formatOf(values.format) },
    problems: [
      ...problems,
      ...(plan === undefined ? [`${verdict} needs the plan: ${verdict} PLAN. Its message and \`audit\` show its id.`] : []),
      ...(plan !== undefined && !isPlanId(plan)
        ? [`${plan}: no plan can have this id, such as 0123456789abcdef or 0123456789abcdef-2.`]
        : []),
      ...(values.ledger.length === 0 ? [`${verdict} needs the ledger that the plan waits in: --ledger dynamodb:TABLE.`] : []),
      ...ledgerProblems(ledger),
    ],
  };
}
