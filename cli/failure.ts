import { types } from 'node:util';
import { causeOf } from '../shared/aws/errors.ts';
import { clean } from '../shared/content/text.ts';

const NEXT = {
  credentials: 'check the credentials with `aws sts get-caller-identity`; set AWS_PROFILE or sign in again (`aws sso login`).',
  unreachable: 'check the network, the region, and AWS_ENDPOINT_URL if it is set.',
  other: 'run again; if it stays, set DEBUG=1 to see where it happens and report it.',
} as const;

/** An error and all that caused it, outermost first. A refused connection hides in an AggregateError without a message. */
function chain(error: unknown): Error[] {
  const errors: Error[] = [];
  const queue: unknown[] = [error];
  while (queue.length > 0 && errors.length < 8) {
    const next = queue.shift();
    if (!types.isNativeError(next) || errors.includes(next)) continue;
    errors.push(next);
    queue.push(next.cause, ...('errors' in next && Array.isArray(next.errors) ? next.errors : []));
  }
  return errors;
}

/** What went wrong and what to do next, for a person. */
export function explainFailure(error: unknown): { cause: string; next: string } {
  const errors = chain(error);
  const telling = errors.find((each) => each.message.trim() !== '') ?? errors[0];
  const cause = telling ? `${telling.name}: ${telling.message}` : String(error);
  const causes = errors.map(causeOf);
  const kind = (['credentials', 'unreachable'] as const).find((each) => causes.includes(each)) ?? 'other';
  return { cause: clean(cause).slice(0, 600), next: NEXT[kind] };
}
