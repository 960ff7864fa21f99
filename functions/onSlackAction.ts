// Function URL: somebody pressed a button in Slack, or anybody found the address.
import type { LambdaFunctionURLEvent } from 'aws-lambda';
import { workClick } from '../shared/run/clicks/click.ts';
import { slackClickDeps } from '../shared/run/clicks/click-deps.ts';
import { accountOf, lambda } from '../shared/run/lambda.ts';

const depsFor = slackClickDeps(process.env);

export const handler = lambda('onSlackAction', (event: LambdaFunctionURLEvent, log, context) => {
  // The bytes that Slack signed; as text they would be others.
  const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  return workClick(depsFor(accountOf(context)), { headers: event.headers, body }, log);
});
