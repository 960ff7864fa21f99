import { randomUUID } from 'node:crypto';
import type { Sandbox } from '../index.ts';
import { existing } from '../world/place.ts';
import type { DeployedFunction, Invocation } from './deployed-function.ts';
import { callSqs } from './sqs-call.ts';

/** What became of an event that was handed to Lambda. */
export interface EventDelivery {
  succeeded: boolean;
  /** All with the same request id. */
  attempts: readonly Invocation[];
  /** Why the event did not even reach the on-failure destination. */
  lost?: string;
}

// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
const RETRY_AFTER_MINUTES = [1, 2];

/** Invokes as EventBridge and SNS do: with two retries, for which it moves the clock, and a destination for what failed thrice. */
export async function deliverEvent(sandbox: Sandbox, target: DeployedFunction, event: unknown): Promise<EventDelivery> {
  const requestId = randomUUID();
  const attempts: Invocation[] = [];
  for (const wait of [0, ...RETRY_AFTER_MINUTES]) {
    sandbox.clock.advance(wait);
    const attempt = await target.invoke(event, requestId);
    attempts.push(attempt);
    if (!attempt.error) return { succeeded: true, attempts };
  }
  if (target.onFailure === undefined)
    return { succeeded: false, attempts, lost: `the function ${target.name} has no on-failure destination` };
  try {
    const queue = existing(sandbox.world().state.queues, target.onFailure, 'queue');
    const MessageBody = JSON.stringify(record(sandbox, target, event, attempts));
    await callSqs(sandbox, target.accessKeyId, 'SendMessage', { QueueUrl: queue.url, MessageBody });
    return { succeeded: false, attempts };
  } catch (error) {
    return { succeeded: false, attempts, lost: error instanceof Error ? error.message : String(error) };
  }
}

// https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
function record(sandbox: Sandbox, target: DeployedFunction, event: unknown, attempts: readonly Invocation[]) {
  const last = attempts.at(-1);
  return {
    version: '1.0',
    timestamp: sandbox.clock.now().toISOString(),
    requestContext: {
      requestId: last?.requestId,
      functionArn: `${target.arn}:$LATEST`,
      condition: 'RetriesExhausted',
      approximateInvokeCount: attempts.length,
    },
    requestPayload: event,
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: last?.error,
  };
}
