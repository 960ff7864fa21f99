// EventBridge: every 30 minutes. Events are best-effort, so this is the truth.
import { accountOf, lambda } from '../shared/app/lambda.ts';
import { sendToQueue, sqsClient } from '../shared/app/queue.ts';
import { sweeps } from '../shared/app/triggers.ts';
import { homeRegions } from '../shared/runtime/config.ts';
import { loadQueueUrl } from '../shared/runtime/wiring.ts';

const sqs = sqsClient();
const queueUrl = loadQueueUrl(process.env);
const regions = homeRegions(process.env);

export const handler = lambda('onSchedule', async (_event: unknown, log, context) => {
  await sendToQueue(sqs, queueUrl, sweeps({ accountId: accountOf(context), regions }));
  log.info('sweeps requested', { regions });
});
