// Lambda Function URL: a click on a message in Slack. Only the place of it: it takes none yet.
import { accountOf, lambda } from '../shared/app/lambda.ts';
import { sendToQueue, sqsClient } from '../shared/app/queue.ts';
import { loadQueueUrl } from '../shared/runtime/wiring.ts';

const sqs = sqsClient();
const queueUrl = loadQueueUrl(process.env);

export const handler = lambda('onSlackAction', async (_event: unknown, log, context) => {
  await sendToQueue(sqs, queueUrl, []);
  log.info('no clicks are taken yet', { account: accountOf(context) });
  return { statusCode: 503, body: '' };
});
