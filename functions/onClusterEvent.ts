// EventBridge: an EKS DeleteCluster call, by way of CloudTrail.
import { accountOf, lambda } from '../shared/run/lambda.ts';
import { sendToQueue, sqsClient } from '../shared/run/messages/queue.ts';
import { deletionRequests } from '../shared/run/triggers.ts';
import { homeRegions } from '../shared/settings/config.ts';
import { loadQueueUrl } from '../shared/settings/wiring.ts';

const sqs = sqsClient();
const queueUrl = loadQueueUrl(process.env);
const regions = homeRegions(process.env);

export const handler = lambda('onClusterEvent', async (event: unknown, log, context) => {
  const requests = deletionRequests(event, { accountId: accountOf(context), regions }, log);
  await sendToQueue(sqs, queueUrl, requests);
  log.info('handled', { requests: requests.length });
});
