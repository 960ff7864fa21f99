// What a click needs, built once per cold start; a bad setting fails the cold start and lists every problem.

import { ConfigError } from '../../domain/errors.ts';
import { dynamoClient, dynamoStore } from '../../ledger/dynamodb/store.ts';
import { homeRegions, loadStackConfig } from '../../settings/config.ts';
import { loadClickWiring } from '../../settings/wiring.ts';
import { sendToQueue, sqsClient } from '../messages/queue.ts';
import type { ClickDeps } from './ports.ts';
import { respond } from './respond.ts';
import { slackSecret } from './secret.ts';

// Somebody waits, and Slack gives up after three seconds. What fails is told, and a second click does no harm.
const IMPATIENT = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 500, requestTimeout: 1_000, throwOnRequestTimeout: true },
} as const;

/** The dependencies of clicks, from the environment that the stack gives the function, for the account that it runs in. */
export function slackClickDeps(env: Readonly<Record<string, string | undefined>>): (accountId: string) => ClickDeps {
  const { ledgerTable, auditQueueUrl, cleanupQueueUrl } = loadClickWiring(env);
  const { slackSecretArn, slackApprovers, slackApiUrl } = loadStackConfig(env);
  if (slackSecretArn === '') throw new ConfigError(['SLACK_SECRET_ARN=: must be the ARN of the Slack secret; deploy the stack again']);
  const region = env.AWS_REGION ?? '';
  const sqs = sqsClient(IMPATIENT);
  const secret = slackSecret(slackSecretArn);
  const deps = {
    store: dynamoStore({ client: dynamoClient(region, IMPATIENT), table: ledgerTable }),
    clock: () => new Date(),
    regions: homeRegions(env),
    secret: secret.get,
    secretAgain: secret.reread,
    approvers: slackApprovers,
    askForAudit: (message) => sendToQueue(sqs, auditQueueUrl, [{ message }]),
    askForCleanup: cleanupQueueUrl ? (message) => sendToQueue(sqs, cleanupQueueUrl, [{ message }]) : undefined,
    respond: (responseUrl, text) => respond(slackApiUrl, responseUrl, text),
  } satisfies Omit<ClickDeps, 'home'>;
  return (accountId) => ({ ...deps, home: { accountId, region } });
}
