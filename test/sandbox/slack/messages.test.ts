import { beforeEach, describe, expect, it } from '@jest/globals';
import { CHANNEL, type Client, part, slack } from './fixture.ts';

let at: Client;

beforeEach(async () => {
  at = await slack();
});

const text = (words: string) => ({ type: 'section', text: { type: 'mrkdwn', text: words } });
const tsOf = ({ body }: { body: Record<string, unknown> }) => String(body.ts);

describe('a message', () => {
  it('is posted, and named by its channel and ts', async () => {
    const { status, body } = await at.post({ blocks: [text('*Two* orphans')] });
    expect({ status, body }).toMatchObject({ status: 200, body: { ok: true, channel: CHANNEL, ts: '1795262400.000000' } });
    expect(part(body, 'message')).toMatchObject({ type: 'message', ts: body.ts, text: 'Two orphans', bot_id: 'B0SANDBOX' });
    expect(at.messages(CHANNEL)).toMatchObject([{ ts: body.ts, text: 'Two orphans', blocks: [text('*Two* orphans')] }]);
    expect(at.messages('C0OTHER')).toEqual([]);
    expect(at.refused).toEqual([]);
  });

  it('never has the ts of another, not even at the same time', async () => {
    const all = [await at.post({}), await at.post({}), await at.call('chat.postMessage', { channel: 'C0OTHER', text: 'x' })];
    expect(new Set(all.map(tsOf)).size).toBe(3);
    expect(all.map(tsOf)).toEqual(all.map(tsOf).sort());
  });

  it('is updated in its place; what was read before stays as it was', async () => {
    const ts = tsOf(await at.post({ blocks: [text('open')] }));
    const before = at.messages(CHANNEL);
    const { body } = await at.update({ ts, text: 'resolved', blocks: [text('resolved')] });
    expect(body).toMatchObject({ ok: true, channel: CHANNEL, ts, text: 'resolved' });
    expect(at.messages(CHANNEL)).toMatchObject([{ ts, text: 'resolved', blocks: [text('resolved')], edited: { user: 'U0SANDBOXAPP' } }]);
    expect(before).toMatchObject([{ text: 'Two orphans' }]);
  });

  it('keeps its blocks when an update says nothing of them: only an update with blocks takes buttons away', async () => {
    const ts = tsOf(await at.post({ blocks: [text('open')] }));
    await at.update({ ts, text: 'resolved' });
    expect(at.messages(CHANNEL)).toMatchObject([{ text: 'resolved', blocks: [text('open')] }]);
  });

  it('has replies, which are no messages of the channel', async () => {
    const ts = tsOf(await at.post({}));
    const reply = await at.post({ thread_ts: ts, text: 'resolved' });
    await at.post({ thread_ts: ts, text: 'worse', reply_broadcast: true });
    expect(part(reply.body, 'message')).toMatchObject({ thread_ts: ts });
    expect(at.messages(CHANNEL)).toHaveLength(1);
    expect(at.thread(CHANNEL, ts)).toMatchObject([
      { text: 'resolved', thread_ts: ts },
      { text: 'worse', subtype: 'thread_broadcast' },
    ]);
  });

  it('whose parent was deleted meanwhile becomes one of the channel, and nobody is told', async () => {
    const ts = tsOf(await at.post({}));
    at.deleteMessage(CHANNEL, ts);
    const { body } = await at.post({ thread_ts: ts, text: 'resolved' });
    expect(body.ok).toBe(true);
    expect(part(body, 'message')).not.toHaveProperty('thread_ts');
    expect(at.messages(CHANNEL)).toMatchObject([{ text: 'resolved' }]);
  });

  it('is a person’s as well, and a copy', async () => {
    const { ts } = at.say(CHANNEL, 'U0ANNA', 'what is this?');
    expect(at.messages(CHANNEL)).toMatchObject([{ ts, user: 'U0ANNA' }]);
  });
});

describe('an ephemeral', () => {
  it('is seen by one person', async () => {
    const { body } = await at.call('chat.postEphemeral', { channel: CHANNEL, user: 'U0ANNA', text: 'Only you see this' });
    expect(body.ok).toBe(true);
    expect(at.ephemerals).toMatchObject([{ channel: CHANNEL, user: 'U0ANNA', text: 'Only you see this', via: 'chat.postEphemeral' }]);
    expect(at.messages(CHANNEL)).toEqual([]);
  });
});

it('auth.test tells whose token it is', async () => {
  expect((await at.call('auth.test', {})).body).toMatchObject({ ok: true, team_id: 'T0SANDBOX', bot_id: 'B0SANDBOX' });
});

it('every call is recorded: what, when, with what, and how it went', async () => {
  await at.post({});
  await at.post({ channel: 'C0NOWHERE' });
  expect(at.calls).toEqual([
    { index: 1, method: 'chat.postMessage', args: { channel: CHANNEL, text: 'Two orphans' }, at: 1795262400000, status: 200 },
    expect.objectContaining({ index: 2, status: 200, error: 'channel_not_found' }),
  ]);
  expect(at.refused).toEqual([
    { method: 'chat.postMessage', status: 200, error: 'channel_not_found', reason: 'there is no channel C0NOWHERE' },
  ]);
});
