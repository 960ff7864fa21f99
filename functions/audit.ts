// SQS: the audit queue. Each message succeeds or fails by itself.
import type { SQSEvent } from 'aws-lambda';
import { lambda } from '../shared/run/lambda.ts';
import { workBatch } from '../shared/run/worker.ts';
import { workerDeps } from '../shared/run/worker-deps.ts';

const deps = workerDeps(process.env);

export const handler = lambda('audit', (event: SQSEvent, log) =>
  workBatch(
    deps,
    event.Records.map(({ messageId, body }) => ({ id: messageId, body })),
    log,
  ),
);
