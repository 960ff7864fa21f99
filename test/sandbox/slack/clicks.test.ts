import { createHmac } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { signedHeaders } from '../../../sandbox/slack/sign.ts';
import { CHANNEL, type Client, SECRET, slack } from './fixture.ts';

let at: Client;
let ts: string;

const plain = (text: string) => ({ type: 'plain_text', text });
const BUTTONS = {
  type: 'actions',
  block_id: 'decide',
  elements: [
    { type: 'button', action_id: 'approve', text: plain('Approve'), value: 'us-east-1.plan.nonce', style: 'primary' },
    {
      type: 'static_select',
      action_id: 'snooze',
      placeholder: plain('Snooze'),
      options: [
        { text: plain('1 day'), value: 'one' },
        { text: plain('7 days'), value: 'seven' },
      ],
    },
  ],
};

beforeEach(async () => {
  at = await slack();
  ts = String((await at.post({ blocks: [BUTTONS] })).body.ts);
});

const click = (action: string, given: object = {}) => at.click({ channel: CHANNEL, ts, action, user: 'U0ANNA', ...given });
const payloadOf = (body: Buffer) => JSON.parse(new URLSearchParams(body.toString('utf8')).get('payload') ?? '');
const respond = async (url: string, args: object) => {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(args) });
  return { status: response.status, text: await response.text() };
};

describe('a click', () => {
  it('is a form with one field: who, where, on what', () => {
    const { headers, body } = click('approve');
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect([...new URLSearchParams(body.toString('utf8')).keys()]).toEqual(['payload']);
    expect(payloadOf(body)).toMatchObject({
      type: 'block_actions',
      user: { id: 'U0ANNA', name: 'anna', username: 'anna', team_id: 'T0SANDBOX' },
      team: { id: 'T0SANDBOX' },
      channel: { id: CHANNEL, name: 'alerts' },
      container: { type: 'message', message_ts: ts, channel_id: CHANNEL, is_ephemeral: false },
      message: { ts, text: 'Two orphans', blocks: [BUTTONS] },
      response_url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/actions\//),
      actions: [{ type: 'button', action_id: 'approve', block_id: 'decide', value: 'us-east-1.plan.nonce', action_ts: expect.any(String) }],
    });
  });

  it.each<[string, number | string]>([
    ['number', 1],
    ['what it says', '7 days'],
  ])('chooses an option by its %s', (_, option) => {
    expect(payloadOf(click('snooze', { option }).body).actions).toMatchObject([
      { type: 'static_select', action_id: 'snooze', selected_option: { text: plain('7 days'), value: 'seven' } },
    ]);
  });

  it('has bytes that nobody gets who parses and writes them again', async () => {
    await at.update({ ts, text: 'größer', blocks: [BUTTONS] });
    const { body } = click('approve');
    expect(decodeURIComponent(body.toString('utf8'))).toContain(String.raw`gr\u00f6\u00dfer`);
    expect(body.toString('utf8')).not.toBe(new URLSearchParams({ payload: JSON.stringify(payloadOf(body)) }).toString());
  });

  it('is impossible where there is nothing to click', async () => {
    expect(() => click('reject')).toThrow(`The message ${ts} has no reject to click. It has: approve, snooze.`);
    expect(() => click('snooze', { option: 2 })).toThrow('snooze has no option 2. It has: 1 day, 7 days.');
    expect(() => click('snooze')).toThrow('snooze has no option undefined');
    expect(() => click('approve', { ts: '1.000000' })).toThrow(`The channel ${CHANNEL} has no message 1.000000.`);
    await at.update({ ts, text: 'Approved', blocks: [{ type: 'divider' }] });
    expect(() => click('approve')).toThrow('It has: nothing to click.');
  });

  it('is still possible in a client that has not heard of the update', async () => {
    const [from] = at.messages(CHANNEL);
    await at.update({ ts, text: 'Approved', blocks: [{ type: 'divider' }] });
    expect(payloadOf(click('approve', { from }).body)).toMatchObject({
      message: { text: 'Two orphans' },
      actions: [{ action_id: 'approve' }],
    });
  });
});

describe('a signature', () => {
  it('is Slack’s own, of the example that it publishes', () => {
    const body =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA' +
      '&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554' +
      '%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
    expect(signedHeaders(body, '8f742231b10e8888abcd99yyyzzz85a5', 1531420618_000)).toMatchObject({
      'x-slack-request-timestamp': '1531420618',
      'x-slack-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    });
  });

  it('is over the time and the raw bytes', () => {
    const { headers, body } = click('approve');
    const base = Buffer.concat([Buffer.from(`v0:${headers['x-slack-request-timestamp']}:`), body]);
    expect(headers['x-slack-signature']).toBe(`v0=${createHmac('sha256', SECRET).update(base).digest('hex')}`);
  });

  it('can be forged, replayed and dated otherwise, for tests', () => {
    const honest = at.sign('payload=x');
    expect(at.sign('payload=x')).toEqual(honest);
    expect(at.sign('payload=x', { secret: 'other' })['x-slack-signature']).not.toBe(honest['x-slack-signature']);
    expect(at.sign('payload=x', { at: 1000 })['x-slack-request-timestamp']).toBe('1');
    at.rotate({ signingSecret: 'f'.repeat(32) });
    expect(at.sign('payload=x')['x-slack-signature']).not.toBe(honest['x-slack-signature']);
  });
});

describe('a response_url', () => {
  it('shows its answer to who clicked, and to nobody else', async () => {
    const { response_url } = payloadOf(click('approve').body);
    expect(await respond(response_url, { text: 'Approved', response_type: 'ephemeral', replace_original: false })).toEqual({
      status: 200,
      text: 'ok',
    });
    expect(at.ephemerals).toMatchObject([{ user: 'U0ANNA', channel: CHANNEL, text: 'Approved', via: 'response_url' }]);
    expect(at.messages(CHANNEL)).toMatchObject([{ text: 'Two orphans' }]);
    expect(at.calls.at(-1)).toMatchObject({ method: 'response_url', status: 200 });
  });

  it('is good for five answers', async () => {
    const { response_url } = payloadOf(click('approve').body);
    for (let used = 0; used < 5; used += 1) expect((await respond(response_url, { text: 'x' })).status).toBe(200);
    expect(await respond(response_url, { text: 'x' })).toEqual({ status: 404, text: '{"ok":false,"error":"used_url"}' });
    expect(at.ephemerals).toHaveLength(5);
  });

  it('is good for half an hour', async () => {
    const { response_url } = payloadOf(click('approve').body);
    at.wait(30 * 60);
    expect((await respond(response_url, { text: 'x' })).status).toBe(200);
    at.wait(1);
    expect(await respond(response_url, { text: 'x' })).toEqual({ status: 404, text: '{"ok":false,"error":"expired_url"}' });
  });

  it.each<[string, object]>([
    ['to the whole channel', { response_type: 'in_channel' }],
    ['in the place of the message', { replace_original: true }],
    ['by deleting the message', { delete_original: true }],
  ])('does not answer %s', async (_, given) => {
    const { response_url } = payloadOf(click('approve').body);
    expect((await respond(response_url, { text: 'x', ...given })).status).toBe(400);
    expect(at.ephemerals).toEqual([]);
    expect(at.refused).toHaveLength(1);
  });
});
