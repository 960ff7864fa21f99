// The worker's dependencies, built once per cold start; a bad setting fails the cold start and lists every problem.
import { cloudWatchClient, sendMeasurements } from '../channels/cloudwatch.ts';
import { type SlackOptions, slackPublisher } from '../channels/slack/publisher.ts';
import { showEvidence } from '../channels/slack/show-evidence.ts';
import { chatPublisher, snsClient, snsPublisher } from '../channels/sns.ts';
import { realDeps } from '../deps.ts';
import { dynamoClient, dynamoStore } from '../ledger/dynamodb/store.ts';
import { homeRegions, loadStackConfig, type Settings } from '../settings/config.ts';
import { loadWiring } from '../settings/wiring.ts';
import { slackSecret } from './clicks/secret.ts';
import { sendToQueue, sqsClient } from './messages/queue.ts';
import type { WorkerDeps } from './worker-ports.ts';

/** The deployed worker's dependencies, from the environment that the stack gives it. */
export function workerDeps(env: Readonly<Record<string, string | undefined>>): WorkerDeps {
  const wiring = loadWiring(env);
  const region = env.AWS_REGION ?? '';
  const store = dynamoStore({ client: dynamoClient(region), table: wiring.ledgerTable });
  const sns = snsClient(region);
  const cloudWatch = cloudWatchClient(region);
  const settings = loadStackConfig(env);
  const slack = slackOptions(settings);
  const publishers = [
    snsPublisher({ client: sns, topicArn: wiring.findingsTopicArn, name: 'sns' }),
    ...(wiring.chatTopicArn ? [chatPublisher({ client: sns, topicArn: wiring.chatTopicArn, name: 'chat' })] : []),
    ...(slack ? [slackPublisher(slack)] : []),
  ];
  return {
    ...realDeps(settings, store),
    store,
    publishers,
    regions: homeRegions(env),
    sendMeasurements: (measurements, at) => sendMeasurements(cloudWatch, measurements, at),
    ledgerName: (audited) => (audited === region ? store.name : `${store.name}@${region}`),
    showEvidence: slack && ((target, asked) => showEvidence(slack, store, target, asked)),
    askForCleanup: wiring.cleanupQueueUrl ? askForCleanup(wiring.cleanupQueueUrl) : undefined,
  };
}

const slackOptions = ({ slackSecretArn, slackApiUrl }: Settings): SlackOptions | undefined => {
  if (slackSecretArn === '') return undefined;
  const { reread, forget } = slackSecret(slackSecretArn);
  // Once a run: a channel that somebody adds gets its messages without a deployment.
  return { apiUrl: slackApiUrl, secret: { get: reread, forget }, clock: () => new Date() };
};

const askForCleanup = (queueUrl: string): NonNullable<WorkerDeps['askForCleanup']> => {
  const sqs = sqsClient();
  return (messages) =>
    sendToQueue(
      sqs,
      queueUrl,
      messages.map((message) => ({ message })),
    );
};
