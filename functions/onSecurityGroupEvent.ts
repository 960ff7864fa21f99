// EventBridge: a call that may change what pods can reach, by way of CloudTrail.
import { changeRequests } from '../shared/run/changes/change-trigger.ts';
import { accountOf, lambda } from '../shared/run/lambda.ts';
import { sendToQueue, sqsClient } from '../shared/run/messages/queue.ts';
import { homeRegions } from '../shared/settings/config.ts';
import { loadQueueUrl } from '../shared/settings/wiring.ts';

const sqs = sqsClient();
const queueUrl = loadQueueUrl(process.env);
const regions = homeRegions(process.env);

export const handler = lambda('onSecurityGroupEvent', async (event: unknown, log, context) => {
  const requests = changeRequests(event, { accountId: accountOf(context), regions }, new Date(), log);
  await sendToQueue(sqs, queueUrl, requests);
  log.info('handled', { requests: requests.length });
});
