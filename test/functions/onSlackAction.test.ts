// The function as Lambda calls it, on a ledger and queues that are AWS's: from the bytes of a request to a plan that is approved.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { CLICK, SLACK_MESSAGE } from '../../shared/channels/slack/record.ts';
import { dynamoClient, dynamoStore } from '../../shared/ledger/dynamodb/store.ts';
import { newestFirst, stateOf } from '../../shared/ledger/kind.ts';
import type { LedgerStore } from '../../shared/ledger/store.ts';
import { DECISION, PLAN, planKey } from '../../shared/plans/record.ts';
import {
  ANNA,
  BEN,
  formOf,
  NONCE,
  payload,
  pressedValue,
  SIGNING_SECRET,
  SLACK_ANNA,
  SLACK_BEN,
  signed,
  slackMessage,
} from '../support/clicks.ts';
import { PLAN_ID, proposed } from '../support/plans.ts';

type Handler = (event: unknown, context: Context) => Promise<{ statusCode: number; body: string }>;

const target = { accountId: '123456789012', region: 'us-east-1' };
const told: string[] = [];
const before = { ...process.env };
let sandbox: Sandbox;
let stranger: Server;
let origin: string;
let store: LedgerStore;
let handler: Handler;

// Secrets Manager and Slack, as far as they are asked.
const answers = createServer(async (request, response) => {
  const body = JSON.parse(Buffer.concat(await request.toArray()).toString()) as { text?: string };
  if (request.url === '/click') told.push(body.text ?? '');
  const secret = { botToken: 'xoxb-1', signingSecret: SIGNING_SECRET, channels: [{ channel: 'C0CHANNEL' }] };
  response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify({ SecretString: JSON.stringify(secret) }));
});

beforeAll(async () => {
  sandbox = await startSandbox({ start: new Date(), realTime: true });
  stranger = await new Promise((resolve) => {
    const server = answers.listen(0, '127.0.0.1', () => resolve(server));
  });
  origin = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`;
  const world = sandbox.world();
  world.createTable('ledger');
  Object.assign(process.env, sandbox.env, {
    AWS_REGION: target.region,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: origin,
    LEDGER_TABLE: 'ledger',
    AUDIT_QUEUE_URL: world.createQueue('audit').url,
    CLEANUP_QUEUE_URL: world.createQueue('cleanup').url,
    CLEANUP_MODE: 'approve',
    SLACK_SECRET_ARN: `arn:aws:secretsmanager:us-east-1:${target.accountId}:secret:slack-AbCdEf`,
    SLACK_APPROVERS: `${ANNA.id},${BEN.id}`,
    SLACK_API_URL: `${origin}/api/`,
  });
  store = dynamoStore({ client: dynamoClient(target.region), table: 'ledger' });
  ({ handler } = (await import('../../functions/onSlackAction.ts')) as unknown as { handler: Handler });
});

afterAll(async () => {
  process.env = before;
  stranger.closeAllConnections();
  await Promise.all([sandbox.stop(), new Promise((resolve) => stranger.close(resolve))]);
});

const message = '0123456789abcdef01234567';
async function ask(plan: Parameters<typeof proposed>[0] = {}): Promise<void> {
  const state = { plan: proposed({ expiresAt: new Date(Date.now() + 3_600_000).toISOString(), ...plan }), pending: [] };
  const question = { nonce: NONCE, of: { kind: 'plan', plan: state.plan.id } } as const;
  await store.write(target, [
    { key: planKey(state.plan.id), ifVersion: 0, body: { kind: 'plan', state } },
    { key: SLACK_MESSAGE.key(message), ifVersion: 0, body: { kind: 'slack-message', state: slackMessage({ id: message, question }) } },
  ]);
}

/** As a Function URL hands it over; a name in it has letters of two bytes. */
function eventOf(user: typeof ANNA, action = 'approve', change: (body: Buffer) => Buffer = (body) => body) {
  const value = pressedValue({ region: target.region, message, nonce: NONCE });
  const click = payload({ user, response_url: `${origin}/click`, actions: [{ action_id: action, value }], message: { text: 'Zürich €' } });
  const body = Buffer.concat([formOf(click)]);
  const { headers } = signed(body, new Date());
  return {
    version: '2.0',
    rawPath: '/',
    rawQueryString: '',
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    requestContext: { http: { method: 'POST', path: '/' } },
    body: change(body).toString('base64'),
    isBase64Encoded: true,
  };
}

const context = {
  awsRequestId: 'r',
  invokedFunctionArn: `arn:aws:lambda:us-east-1:${target.accountId}:function:onSlackAction`,
} as Context;
const call = (event: unknown) => handler(event, context);
const queued = async (url = '') => {
  const { Messages = [] } = await new SQSClient({}).send(new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10 }));
  return Messages.map(({ Body = '' }) => JSON.parse(Body) as unknown);
};

const planAt = async (id: string) => stateOf(await store.get(target, planKey(id)), PLAN)?.plan;

it('refuses what Slack did not sign, and takes of two approvals at once the first', async () => {
  await ask();
  expect((await call({ ...eventOf(ANNA), headers: {} })).statusCode).toBe(401);
  expect((await call(eventOf(ANNA, 'approve', (body) => Buffer.from(body.toString().replace('approve', 'APPROVE'))))).statusCode).toBe(401);
  // A browser that found the address.
  expect((await call({ headers: {}, requestContext: { http: { method: 'GET' } }, isBase64Encoded: false })).statusCode).toBe(401);
  expect((await planAt(PLAN_ID))?.status).toBe('waiting');

  const started = performance.now();
  expect(await Promise.all([call(eventOf(ANNA)), call(eventOf(BEN))])).toEqual([
    { statusCode: 200, body: '' },
    { statusCode: 200, body: '' },
  ]);
  expect(performance.now() - started).toBeLessThan(3_000);
  const records = await store.load(target);
  const decisions = newestFirst(records, DECISION);
  expect(decisions.map(({ accepted }) => accepted).sort()).toEqual([false, true]);
  const by = decisions.find(({ accepted }) => accepted)?.by;
  expect([SLACK_ANNA, SLACK_BEN]).toContain(by);
  expect(await planAt(PLAN_ID)).toMatchObject({ status: 'approved', decision: { by, via: 'slack' } });
  expect(await queued(process.env.CLEANUP_QUEUE_URL)).toEqual([{ kind: 'cleanup', ...target, plan: PLAN_ID }]);
  expect(await queued(process.env.AUDIT_QUEUE_URL)).toEqual([{ kind: 'publish', ...target }]);
  expect(told).toHaveLength(2);
  expect(newestFirst(records, CLICK).map(({ id, count }) => [id.slice(11), count])).toEqual(
    expect.arrayContaining([
      ['unsigned', 2],
      ['forged', 1],
    ]),
  );
});

it('takes a body that is not encoded', async () => {
  const event = eventOf(ANNA, 'reject');
  const answer = await call({ ...event, isBase64Encoded: false, body: Buffer.from(event.body, 'base64').toString() });
  expect(answer.statusCode).toBe(200);
  expect(told.at(-1)).toContain('already approved by');
});

it('fails, and approves nothing, where the ledger cannot be written', async () => {
  const plan = 'fedcba9876543210';
  const state = { plan: proposed({ id: plan, expiresAt: new Date(Date.now() + 3_600_000).toISOString() }), pending: [] };
  const other = 'f'.repeat(24);
  const question = { nonce: NONCE, of: { kind: 'plan', plan } } as const;
  await store.write(target, [
    { key: planKey(plan), ifVersion: 0, body: { kind: 'plan', state } },
    { key: SLACK_MESSAGE.key(other), ifVersion: 0, body: { kind: 'slack-message', state: slackMessage({ id: other, question }) } },
  ]);
  const remove = sandbox.faults.add({ when: ({ action }) => action === 'PutItem', effect: { kind: 'deny' } });
  const value = pressedValue({ region: target.region, message: other });
  const body = formOf(payload({ response_url: `${origin}/click`, actions: [{ action_id: 'approve', value }] }));
  await expect(call({ ...eventOf(ANNA), ...signed(body, new Date()), body: body.toString('base64') })).rejects.toThrow('dynamodb:PutItem');
  remove();
  expect(told.at(-1)).toContain('Whether your click counted is not known');
  expect((await planAt(plan))?.status).toBe('waiting');
});
