// EventBridge: every 30 minutes. Events are best-effort, so this is the truth.
import { accountOf, lambda } from '../shared/run/lambda.ts';
import { sendToQueue, sqsClient } from '../shared/run/messages/queue.ts';
import { sweeps } from '../shared/run/triggers.ts';
import { homeRegions } from '../shared/settings/config.ts';
import { loadQueueUrl } from '../shared/settings/wiring.ts';

const sqs = sqsClient();
const queueUrl = loadQueueUrl(process.env);
const regions = homeRegions(process.env);

export const handler = lambda('onSchedule', async (_event: unknown, log, context) => {
  await sendToQueue(sqs, queueUrl, sweeps({ accountId: accountOf(context), regions }));
  log.info('sweeps requested', { regions });
});
