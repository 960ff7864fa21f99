// Slack and the packaged stack that asks: one message for each thing, and buttons that do what they say, once, for who may.
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { ANNA, BEN, PLATFORM, startTeamSlack, type TeamSlack } from '../../sandbox/demo/slack.ts';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { type SlackMessage, seen } from '../../sandbox/slack/index.ts';
import { CLICK } from '../../shared/channels/slack/record.ts';
import { newestFirst } from '../../shared/ledger/kind.ts';
import { deployMode, type ModeStack } from '../support/modes.ts';
import { sgpWarden } from '../support/sgp-warden.ts';

let sandbox: Sandbox;
let team: TeamSlack;
let stack: ModeStack;
beforeEach(async () => {
  sandbox = await startSandbox();
  team = await startTeamSlack(sandbox, { rates: false });
  stack = await deployMode(sandbox, 'approve', { PLAN_EXPIRY_HOURS: '12' }, team.params);
});
afterEach(async () => {
  await stack.stop();
  await team.stop();
  await sandbox.stop();
});

const texts = () => team.slack.messages(PLATFORM).map((message) => seen(message).text);
const thePlan = (): SlackMessage => {
  const [plan] = team.find(/APPROVE\?/);
  if (!plan) throw new Error(`nobody is asked about a plan:\n${texts().join('\n')}`);
  return plan;
};
const press = (message: SlackMessage, action: string, user = ANNA) =>
  team.slack.click({ channel: PLATFORM, ts: message.ts, action, user, from: message });
const lastAnswer = () => team.slack.ephemerals.at(-1)?.text ?? '';
/** All that a click may not change. */
const world = async () => {
  const records = await stack.store.load(stack.target);
  const kept = records.filter(({ body }) => !['click', 'decision'].includes(body.kind));
  return JSON.stringify([kept, stack.deleting().length, stack.branchesOf('shop')]);
};

/** The actions of the role, statement by statement, are those of test/contracts/template/slack.ts. */
const CLICKING = ['dynamodb:PutItem', 'dynamodb:Query', 'secretsmanager:GetSecretValue', 'sqs:SendMessage'];

it('asks in one message, refuses every click that is none, and deletes what the right person approved', async () => {
  await stack.orphan('shop', 3);
  await stack.live(120);
  const told = texts();
  // Three orphans, the three things that they block, the deletion of the cluster, and the plan.
  expect(told.map((text) => /^[^:?]*/.exec(text)?.[0]).sort()).toEqual([
    'APPROVE',
    ...Array(3).fill('HIGH'),

    ...Array(3).fill('MEDIUM'),
    'WARNING',
  ]);
  const asked = thePlan();
  expect(seen(asked).text).toMatch(/3 orphans of shop hold 3 addresses.*\[Approve\]\n\[Reject\]\n\[Show evidence\]/s);

  // Ten identical runs say nothing more.
  const calls = team.slack.calls.length;
  await stack.live(300);
  expect(team.slack.calls.length - calls).toBe(0);

  const before = await world();
  const good = press(asked, 'approve');
  const minutes = (n: number) => sandbox.clock.now().getTime() + n * 60_000;
  const reencoded = Buffer.from(new URLSearchParams({ payload: JSON.stringify(payloadOf(good.body)) }).toString());
  const refused = [
    { ...good, headers: team.slack.sign(good.body, { secret: 'f'.repeat(32) }) },
    { ...good, headers: {} },
    { ...good, headers: team.slack.sign(good.body, { at: minutes(-6) }) },
    { ...good, headers: team.slack.sign(good.body, { at: minutes(6) }) },
    { ...good, body: reencoded },
  ];
  for (const request of refused)
    expect(await stack.clicked(request)).toMatchObject({ statusCode: 401, body: expect.stringMatching(/^refused: /) });
  expect(team.slack.ephemerals).toEqual([]);
  expect(await stack.clicked(press(asked, 'approve', BEN))).toMatchObject({ statusCode: 200 });
  expect(lastAnswer()).toMatch(/may not approve: only the users in SLACK_APPROVERS may/);
  expect(await world()).toBe(before);

  const answered = await stack.clicked(good);
  expect([answered.statusCode, answered.body]).toEqual([200, '']);
  // Slack waits for three seconds: a click does what cannot wait, in a warm process with a handful of calls, and leaves the rest to the queue.
  const click = stack.lambda.invocations.findLast(({ functionName }) => functionName === 'onSlackAction');
  expect(click?.coldStart).toBe(false);
  expect(click?.calls.length).toBeLessThanOrEqual(6);
  expect(team.slack.ephemerals.some(({ text }) => /^You approved plan .*, 3 interfaces of deleted cluster shop/.test(text))).toBe(true);
  // Within the click's own work: no sweep was needed.
  expect([stack.branchesOf('shop'), stack.deleting().length, sandbox.harm]).toEqual([[], 3, []]);
  const [done] = team.find(/Approved by/).concat(team.find(/3 deleted|deleted 3/));
  expect(done?.ts).toBe(asked.ts);
  expect(team.find(/\[Approve\]/)).toEqual([]);
  const thread = team.slack.thread(PLATFORM, asked.ts).map((reply) => seen(reply).text);
  expect(thread.find((text) => /APPROVED/.test(text))).toBeDefined();
  expect((await stack.plans())[0]).toMatchObject({
    status: 'done',
    says: '3 deleted',
    decision: { via: 'slack', by: expect.stringContaining(ANNA) },
  });

  // The same bytes again, and the button as a client shows it that has not heard of all this.
  const after = await world();
  for (const again of [good, press(asked, 'approve'), press(asked, 'reject')]) {
    expect(await stack.clicked(again)).toMatchObject({ statusCode: 200 });
    expect(lastAnswer()).toMatch(/is consumed: it was carried out/);
  }
  expect(await world()).toBe(after);
  expect(stack.failures()).toEqual([]);

  const decisions = await stack.decisions();
  expect(decisions.map(({ accepted }) => accepted).sort()).toEqual([false, false, false, false, true]);
  const clicks = newestFirst(await stack.store.load(stack.target), CLICK);
  expect(clicks.map(({ id, count }) => `${id.split('/')[1]} ${count}`).sort()).toEqual(['forged 2', 'future 1', 'old 1', 'unsigned 1']);
  const history = await sgpWarden(['history', '--ledger', `dynamodb:${stack.table}`, '--format', 'json'], sandbox.env);
  expect(JSON.parse(history.stdout)).toMatchObject({ clicks: expect.any(Array), decisions: { length: 5 } });
  expect(stack.lambda.actionsBy('onSlackAction')).toEqual(CLICKING);
  expect(stack.lambda.actionsBy('audit')).toContain('secretsmanager:GetSecretValue');
});

const payloadOf = (body: Buffer): unknown => JSON.parse(new URLSearchParams(body.toString()).get('payload') ?? '');

it('a click on a plan of a world that changed is told so, and changes nothing', async () => {
  await stack.orphan('shop', 2);
  await stack.live(120);
  const asked = thePlan();
  const [kept = ''] = stack.branchesOf('shop');
  const eni = sandbox.world().state.interfaces.get(kept);
  if (eni) eni.tags['sgp-warden:keep'] = 'anna looks at it';
  await stack.live(30);
  const before = await world();
  await stack.clicked(press(asked, 'approve'));
  expect(lastAnswer()).toMatch(/is void: the world changed/);
  expect(await world()).toBe(before);
  // The new plan has a message of its own, and its button works.
  await stack.clicked(press(thePlan(), 'reject'));
  expect(lastAnswer()).toMatch(/^You rejected plan/);
  expect(stack.deleting()).toEqual([]);
  expect(team.find(/Rejected by/)).toHaveLength(1);
  expect(team.slack.refused).toEqual([]);
});
