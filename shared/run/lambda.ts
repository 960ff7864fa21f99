// The only place that knows middy, and what Lambda wants of a handler: an ES module's async function of two parameters.
import { stdout } from 'node:process';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { messageOf } from '../aws/errors.ts';
import { jsonLogger, type Logger } from '../domain/log.ts';

/** What a function file writes: the event in, the answer out. */
export type Handle<E, R> = (event: E, log: Logger, context: Context) => Promise<R>;

/** A Lambda handler that logs with its request's id, counts what it could not do, and rethrows, so that Lambda tries again. */
export function lambda<E, R>(name: string, handle: Handle<E, R>) {
  const logger = jsonLogger(
    (line) => stdout.write(`${line}\n`),
    () => new Date(),
    { function: name },
  );
  return middy<E, R>()
    .onError(({ error }) => {
      logger.error('the run failed; what came from an event or a queue is tried again or dead-lettered', { reason: messageOf(error) });
      logger.count('RunFailures', { function: name });
    })
    .handler((event, context) => handle(event, logger.child({ requestId: context.awsRequestId }), context));
}

/** The account that a function runs in, as its own ARN states it. */
export const accountOf = ({ invokedFunctionArn }: Context): string => invokedFunctionArn.split(':')[4] ?? '';
