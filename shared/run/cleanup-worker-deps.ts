// The cleanup worker's dependencies, built once per cold start; a bad setting fails the cold start and lists every problem.

import { realDeps } from '../deps.ts';
import { dynamoClient, dynamoStore } from '../ledger/dynamodb/store.ts';
import { loadStackConfig } from '../settings/config.ts';
import { loadCleanupWiring } from '../settings/wiring.ts';
import type { CleanupWorkerDeps } from './cleanup-worker.ts';
import { sendToQueue, sqsClient } from './messages/queue.ts';

/** The deployed cleanup worker's dependencies, from the environment that the stack gives it. */
export function cleanupWorkerDeps(env: Readonly<Record<string, string | undefined>>): CleanupWorkerDeps {
  const { ledgerTable, auditQueueUrl, cleanupQueueUrl } = loadCleanupWiring(env);
  const store = dynamoStore({ client: dynamoClient(env.AWS_REGION ?? ''), table: ledgerTable });
  const sqs = sqsClient();
  return {
    ...realDeps(loadStackConfig(env), store),
    store,
    askForAudit: (message) => sendToQueue(sqs, auditQueueUrl, [{ message }]),
    goOn: (queued) => sendToQueue(sqs, cleanupQueueUrl, [queued]),
  };
}
