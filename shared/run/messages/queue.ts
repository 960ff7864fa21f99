import { SendMessageBatchCommand, SQSClient, type SQSClientConfig } from '@aws-sdk/client-sqs';
import type { AuditMessage } from './audit-message.ts';
import type { CleanupMessage } from './cleanup-message.ts';

export const actions = ['sqs:SendMessage'];

// SQS takes ten entries in one batch, and delays one by 900 seconds at most.
const BATCH = 10;
export const LONGEST_DELAY_SECONDS = 900;

export interface Queued<M = AuditMessage> {
  message: M;
  delaySeconds?: number;
}

/** Sends to a queue. Throws when any entry was not taken, so that the trigger is tried again. */
export async function sendToQueue(
  sqs: SQSClient,
  queueUrl: string,
  queued: readonly Queued<AuditMessage | CleanupMessage>[],
): Promise<void> {
  for (let from = 0; from < queued.length; from += BATCH) {
    const entries = queued.slice(from, from + BATCH).map(({ message, delaySeconds }, index) => ({
      Id: String(index),
      MessageBody: JSON.stringify(message),
      ...(delaySeconds === undefined ? {} : { DelaySeconds: delaySeconds }),
    }));
    const { Successful, Failed } = await sqs.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }));
    // A batch call answers 200 for entries that it refused.
    if (Failed?.length || Successful?.length !== entries.length) {
      const reasons = (Failed ?? []).map((entry) => `${entry.Code}: ${entry.Message}`);
      throw new Error(`SQS took ${Successful?.length ?? 0} of ${entries.length} messages (${reasons.join('; ') || 'no reason given'})`);
    }
  }
}

/** A client for the function's own region. */
export const sqsClient = (overrides: Pick<SQSClientConfig, 'maxAttempts' | 'requestHandler'> = {}): SQSClient =>
  new SQSClient({ maxAttempts: 5, retryMode: 'standard', ...overrides });
