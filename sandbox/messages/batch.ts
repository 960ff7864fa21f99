import { type AwsError, awsError, isAwsError } from '../aws-error.ts';
import type { Params } from '../http/param.ts';
import type { EntryFault } from '../http/service.ts';

const ID = /^[A-Za-z0-9_-]{1,80}$/;

/** What is wrong with a batch as a whole, as SNS and SQS refuse it. */
export function checkBatch(entries: readonly Params[]): void {
  if (entries.length === 0) throw awsError('EmptyBatchRequest', "The batch request doesn't contain any entries.");
  if (entries.length > 10) {
    throw awsError('TooManyEntriesInBatchRequest', `Maximum number of entries per request are 10. You have sent ${entries.length}.`);
  }
  const ids = entries.map(({ Id }) => String(Id ?? ''));
  const bad = ids.find((id) => !ID.test(id));
  if (bad !== undefined) {
    throw awsError(
      'InvalidBatchEntryId',
      `'${bad}': a batch entry id can only contain 1 to 80 alphanumeric characters, hyphens and underscores.`,
    );
  }
  const twice = ids.find((id, index) => ids.indexOf(id) < index);
  if (twice !== undefined) throw awsError('BatchEntryIdsNotDistinct', `Id ${twice} repeated.`);
}

export interface BatchOutcome<T> {
  successful: (T & { Id: string })[];
  failed: { Id: string; Code: string; Message: string; SenderFault: boolean }[];
}

/** Each entry by itself: what one is refused for does not touch the others. */
export function runBatch<T>(
  entries: readonly Params[],
  faultOf: (id: string) => EntryFault | undefined,
  run: (entry: Params) => T,
): BatchOutcome<T> {
  checkBatch(entries);
  const outcome: BatchOutcome<T> = { successful: [], failed: [] };
  for (const entry of entries) {
    const Id = String(entry.Id);
    const fail = ({ code, message, senderFault }: EntryFault) =>
      outcome.failed.push({ Id, Code: code, Message: message, SenderFault: senderFault });
    const fault = faultOf(Id);
    if (fault) {
      fail(fault);
      continue;
    }
    try {
      outcome.successful.push({ ...run(entry), Id });
    } catch (error) {
      if (!isAwsError(error)) throw error;
      fail(asFault(error));
    }
  }
  return outcome;
}

const asFault = ({ code, message, status }: AwsError): EntryFault => ({ code, message, senderFault: status < 500 });
