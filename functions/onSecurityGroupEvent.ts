// EventBridge: a call that may change what pods can reach, by way of CloudTrail.
import { changeRequests } from '../shared/app/change-trigger.ts';
import { accountOf, lambda } from '../shared/app/lambda.ts';
import { sendToQueue, sqsClient } from '../shared/app/queue.ts';
import { homeRegions } from '../shared/runtime/config.ts';
import { loadQueueUrl } from '../shared/runtime/wiring.ts';

const sqs = sqsClient();
const queueUrl = loadQueueUrl(process.env);
const regions = homeRegions(process.env);

export const handler = lambda('onSecurityGroupEvent', async (event: unknown, log, context) => {
  const requests = changeRequests(event, { accountId: accountOf(context), regions }, new Date(), log);
  await sendToQueue(sqs, queueUrl, requests);
  log.info('handled', { requests: requests.length });
});
