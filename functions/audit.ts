// SQS: the audit queue. Each message succeeds or fails by itself.
import type { SQSEvent } from 'aws-lambda';
import { lambda } from '../shared/app/lambda.ts';
import { workBatch } from '../shared/app/worker.ts';
import { workerDeps } from '../shared/app/worker-deps.ts';

const deps = workerDeps(process.env);

export const handler = lambda('audit', (event: SQSEvent, log) =>
  workBatch(
    deps,
    event.Records.map(({ messageId, body }) => ({ id: messageId, body })),
    log,
  ),
);
