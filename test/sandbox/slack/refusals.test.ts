import { beforeEach, describe, expect, it } from '@jest/globals';
import type { SlackEffect } from '../../../sandbox/slack/index.ts';
import { type Called, CHANNEL, type Client, slack, TOKEN } from './fixture.ts';

let at: Client;

beforeEach(async () => {
  at = await slack();
});

const refusedWith = (error: string) => ({ status: 200, body: { ok: false, error } });
const reasons = () => at.refused.map(({ error }) => error);

describe('the token', () => {
  it.each<[string, Record<string, string>, string]>([
    ['none', { authorization: '' }, 'invalid_auth'],
    ['another', { authorization: 'Bearer xoxb-other' }, 'invalid_auth'],
    ['in another scheme', { authorization: `Basic ${TOKEN}` }, 'invalid_auth'],
  ])('is refused: %s', async (_, headers, error) => {
    expect(await at.call('auth.test', {}, headers)).toMatchObject(refusedWith(error));
  });

  it('must be there', async () => {
    const response = await fetch(`${at.apiUrl}auth.test`, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: '{}',
    });
    expect(await response.json()).toEqual({ ok: false, error: 'not_authed' });
  });

  it('is never an argument', async () => {
    expect(await at.post({ token: TOKEN })).toMatchObject(refusedWith('invalid_arguments'));
  });

  it('is good until it is revoked, and after a rotation another one is', async () => {
    at.rotate({ botToken: 'xoxb-new' });
    expect(await at.post({})).toMatchObject(refusedWith('token_revoked'));
    const headers = { authorization: 'Bearer xoxb-new' };
    expect((await at.call('auth.test', {}, headers)).body.ok).toBe(true);
    at.revoke();
    expect(await at.call('auth.test', {}, headers)).toMatchObject(refusedWith('token_revoked'));
  });

  it('stands in no record', async () => {
    await at.post({});
    await at.call('auth.test', {}, { authorization: 'Bearer xoxb-other' });
    expect(JSON.stringify([at.calls, at.refused])).not.toContain('xoxb');
  });
});

describe('the body', () => {
  const send = async (body: string | Buffer, type?: string, method = 'chat.postMessage'): Promise<Called['body']> => {
    const headers = { authorization: `Bearer ${TOKEN}`, ...(type === undefined ? {} : { 'content-type': type }) };
    const response = await fetch(`${at.apiUrl}${method}`, { method: 'POST', headers, body: new Uint8Array(Buffer.from(body)) });
    const answer: unknown = await response.json();
    return { ...Object(answer) };
  };
  const JSON_TYPE = 'application/json; charset=utf-8';

  it.each<[string, string | Buffer, string | undefined, string]>([
    ['without a type', '{}', undefined, 'missing_post_type'],
    ['a form', 'channel=C0ALERTS&text=x', 'application/x-www-form-urlencoded', 'invalid_post_type'],
    ['in Latin 1', '{}', 'application/json; charset=iso-8859-1', 'invalid_charset'],
    ['no JSON', '{"channel":', JSON_TYPE, 'invalid_json'],
    ['no UTF-8', Buffer.from([0x22, 0xff, 0x22]), JSON_TYPE, 'invalid_json'],
    ['a list', '[]', JSON_TYPE, 'json_not_object'],
    ['nothing', '', JSON_TYPE, 'invalid_json'],
  ])('is refused: %s', async (_, body, type, error) => {
    expect(await send(body, type)).toMatchObject({ ok: false, error });
  });

  it('without a charset is taken with a warning', async () => {
    const answer = await send(JSON.stringify({ channel: CHANNEL, text: 'x' }), 'application/json');
    expect(answer).toMatchObject({ ok: true, warning: 'missing_charset', response_metadata: { warnings: ['missing_charset'] } });
    expect(at.calls[0]).toMatchObject({ warning: 'missing_charset' });
  });

  it('goes to a method that the sandbox has, and by POST', async () => {
    expect(await send('{}', JSON_TYPE, 'chat.delete')).toEqual({ ok: false, error: 'unknown_method', req_method: 'chat.delete' });
    const got = await fetch(`${at.apiUrl}auth.test`, { headers: { authorization: `Bearer ${TOKEN}` } });
    expect(await got.json()).toMatchObject({ ok: false, error: 'invalid_post_type' });
  });
});

describe('an argument', () => {
  it.each<[string, object, string]>([
    ['that the sandbox does not know', { attachments: [] }, 'invalid_arguments'],
    ['of a wrong type', { text: 5 }, 'invalid_arguments'],
    ['with a tab', { text: 'a\tb' }, 'invalid_arguments'],
    ['with a carriage return', { text: 'a\r\nb' }, 'invalid_arguments'],
    ['with an escape sequence', { text: '\u001b[31m' }, 'invalid_arguments'],
    ['with a C1 control', { text: 'a\u0085' }, 'invalid_arguments'],
    ['with half a character', { text: '\ud83d' }, 'invalid_arguments'],
    ['with a control deep in a block', { blocks: [{ type: 'header', text: { type: 'plain_text', text: 'a\0' } }] }, 'invalid_arguments'],
    ['a text that is missing', { text: undefined }, 'no_text'],
    ['an empty text', { text: ' \n' }, 'no_text'],
    ['blocks without a text', { text: undefined, blocks: [{ type: 'divider' }] }, 'no_text'],
    ['a text that is too long', { text: 'x'.repeat(4001) }, 'msg_too_long'],
    ['a text that is too long in UTF-16', { text: '😀'.repeat(2001) }, 'msg_too_long'],
    ['a broadcast of what is no reply', { reply_broadcast: true }, 'invalid_arguments'],
    ['a thread_ts of another form', { thread_ts: '5' }, 'invalid_thread_ts'],
    ['a thread_ts that never was', { thread_ts: '1795262400.999999' }, 'thread_not_found'],
    ['a channel by its name', { channel: '#alerts' }, 'channel_not_found'],
    ['a channel that is missing', { channel: undefined }, 'invalid_arguments'],
  ])('is refused: %s', async (_, args, error) => {
    expect(await at.post(args)).toMatchObject(refusedWith(error));
    expect(at.messages(CHANNEL)).toEqual([]);
    expect(reasons()).toEqual([error]);
  });

  it('of 4000 characters is taken, and of several lines', async () => {
    expect((await at.post({ text: 'x\n'.repeat(2000) })).body.ok).toBe(true);
  });
});

describe('a channel', () => {
  it('that is archived takes no messages and no updates', async () => {
    const { ts } = (await at.post({})).body;
    at.archive(CHANNEL);
    expect(await at.post({})).toMatchObject(refusedWith('is_archived'));
    expect(await at.update({ ts })).toMatchObject(refusedWith('is_inactive'));
    at.unarchive(CHANNEL);
    expect((await at.update({ ts })).body.ok).toBe(true);
  });

  it('that the app is not in takes none either', async () => {
    at.kick(CHANNEL);
    expect(await at.post({})).toMatchObject(refusedWith('not_in_channel'));
    const away = await slack({ channels: [{ id: CHANNEL, name: 'alerts', isMember: false }] });
    expect(await away.post({})).toMatchObject(refusedWith('not_in_channel'));
  });
});

describe('an update', () => {
  it('is of a message that is there, and the app’s own', async () => {
    expect(await at.update({ ts: '1795262400.999999' })).toMatchObject(refusedWith('message_not_found'));
    expect(await at.update({ ts: at.say(CHANNEL, 'U0ANNA', 'hello').ts })).toMatchObject(refusedWith('cant_update_message'));
    expect(await at.update({ text: 'x' })).toMatchObject(refusedWith('invalid_arguments'));
    const { ts } = (await at.post({})).body;
    at.deleteMessage(CHANNEL, String(ts));
    expect(await at.update({ ts })).toMatchObject(refusedWith('message_not_found'));
  });
});

it('a reply is to the parent, not to another reply', async () => {
  const { ts } = (await at.post({})).body;
  const reply = await at.post({ thread_ts: ts });
  expect(await at.post({ thread_ts: reply.body.ts })).toMatchObject(refusedWith('cannot_reply_to_message'));
});

it('an ephemeral is to somebody who is there', async () => {
  expect(await at.call('chat.postEphemeral', { channel: CHANNEL, user: 'U0NOBODY', text: 'x' })).toMatchObject(
    refusedWith('user_not_in_channel'),
  );
});

describe('a fault', () => {
  it.each<[string, SlackEffect, object]>([
    [
      'a status',
      { kind: 'status', status: 503, body: 'upstream', headers: { 'retry-after': '2' } },
      { status: 503, body: { text: 'upstream' } },
    ],
    ['an error', { kind: 'error', error: 'internal_error' }, refusedWith('internal_error')],
  ])('answers with %s, and nothing is done', async (_, effect, expected) => {
    at.faults.add({ times: 1, effect });
    expect(await at.post({})).toMatchObject(expected);
    expect(at.messages(CHANNEL)).toEqual([]);
    // It was not Slack that refused.
    expect(at.refused).toEqual([]);
    expect((await at.post({})).body.ok).toBe(true);
  });

  it('breaks the connection, before anything is done or after', async () => {
    at.faults.add({ times: 1, effect: { kind: 'drop' } });
    at.faults.add({ times: 1, effect: { kind: 'lost-answer' } });
    await expect(at.post({ text: 'first' })).rejects.toThrow();
    expect(at.messages(CHANNEL)).toEqual([]);
    await expect(at.post({ text: 'second' })).rejects.toThrow();
    expect(at.messages(CHANNEL)).toMatchObject([{ text: 'second' }]);
    expect(at.calls).toMatchObject([
      { status: 0, error: 'drop' },
      { status: 0, error: 'lost-answer' },
    ]);
  });

  it('is slow', async () => {
    const slept: number[] = [];
    const slow = await slack({ sleep: async (ms) => void slept.push(ms) });
    slow.faults.add({ effect: { kind: 'slow', ms: 5000 } });
    expect((await slow.post({})).body.ok).toBe(true);
    expect(slept).toEqual([5000]);
  });

  it('strikes what it is for, as often as it says, until it is taken away', async () => {
    const takeAway = at.faults.add({
      when: ({ method, args }) => method === 'chat.postMessage' && args.text === 'bad',
      effect: { kind: 'error', error: 'x' },
    });
    expect((await at.post({})).body.ok).toBe(true);
    expect(await at.post({ text: 'bad' })).toMatchObject(refusedWith('x'));
    takeAway();
    expect((await at.post({ text: 'bad' })).body.ok).toBe(true);
  });
});
