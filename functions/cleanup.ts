// SQS: the cleanup queue. The only function that may delete, and only what its role's tag condition lets it.
import type { SQSEvent } from 'aws-lambda';
import { cleanBatch } from '../shared/run/cleanup-worker.ts';
import { cleanupWorkerDeps } from '../shared/run/cleanup-worker-deps.ts';
import { lambda } from '../shared/run/lambda.ts';

const deps = cleanupWorkerDeps(process.env);

export const handler = lambda('cleanup', (event: SQSEvent, log, context) =>
  cleanBatch(
    deps,
    event.Records.map(({ messageId, body }) => ({ id: messageId, body })),
    () => context.getRemainingTimeInMillis(),
    log,
  ),
);
