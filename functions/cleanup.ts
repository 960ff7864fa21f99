// SQS: the cleanup queue. The only function that may delete, and only what its role's tag condition lets it.
import type { SQSEvent } from 'aws-lambda';
import { cleanBatch } from '../shared/app/cleanup-worker.ts';
import { cleanupWorkerDeps } from '../shared/app/cleanup-worker-deps.ts';
import { lambda } from '../shared/app/lambda.ts';

const deps = cleanupWorkerDeps(process.env);

export const handler = lambda('cleanup', (event: SQSEvent, log, context) =>
  cleanBatch(
    deps,
    event.Records.map(({ messageId, body }) => ({ id: messageId, body })),
    () => context.getRemainingTimeInMillis(),
    log,
  ),
);
