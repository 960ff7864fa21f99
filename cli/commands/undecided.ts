// What is printed when a decision could not be made, or nobody knows whether it was. It must never read as if something had been approved.
import { isDeepStrictEqual } from 'node:util';
import { isNotFound } from '../../shared/aws/errors.ts';
import { clean } from '../../shared/content/text.ts';
import { ConfigError } from '../../shared/domain/errors.ts';
import type { ProposedPlan } from '../../shared/plans/plan.ts';
import { explainFailure } from '../failure.ts';

type Verdict = 'approve' | 'reject';

const DONE = { approve: 'approved', reject: 'rejected' } as const;

/** Whether a person named a table that does not exist, rather than that something could not be read. */
export const isNoSuchTable = (error: unknown): boolean =>
  error instanceof ConfigError && isNotFound(error.cause, 'ResourceNotFoundException');

/** A ConfigError says its next step by itself: the permission that is missing, the credentials that do not work. */
function reasonOf(error: unknown): string[] {
  if (error instanceof ConfigError) return error.problems.map((problem) => `  cause: ${clean(problem)}`);
  const { cause, next } = explainFailure(error);
  return [`  cause: ${cause}`, `  next:  ${next}`];
}

/** That nothing was asked of the ledger but to be read, and that failed. */
export const unreadText = (verdict: Verdict, error: unknown): string =>
  [
    `sgp-warden: nothing was ${DONE[verdict]}: the plan, or who is asking, could not be read (exit 3).`,
    ...reasonOf(error),
    '  Nothing was changed.',
    '',
  ].join('\n');

/** That the write failed. `now` is the plan as it was read again; null: it could not be. */
export function unsureText(
  verdict: Verdict,
  error: unknown,
  before: ProposedPlan | undefined,
  now: ProposedPlan | undefined | null,
  history: string,
): string {
  const isSame = now !== null && isDeepStrictEqual(before, now);
  return [
    `sgp-warden: ${isSame ? `nothing was ${DONE[verdict]}` : `whether the plan was ${DONE[verdict]} is not known`}: the ledger could not be written (exit 3).`,
    ...reasonOf(error),
    isSame
      ? '  Nothing was changed.'
      : `  The plan ${now ? `is ${now.status} now (${clean(now.says)})` : 'could not be read again'}; this shows who decided what: ${history}`,
    '',
  ].join('\n');
}
