import { describe, expect, it } from '@jest/globals';
import { type Called, CHANNEL, type Client, slack } from './fixture.ts';

const LIMITED = { status: 429, body: { ok: false, error: 'ratelimited' } };
const waitOf = ({ headers }: Called) => Number(headers.get('retry-after'));
const burst = async (count: number, call: () => Promise<Called>) => {
  for (let index = 0; index < count; index += 1) expect((await call()).body.ok).toBe(true);
};
const firstTs = async (at: Client) => String((await at.post({})).body.ts);

describe('messages', () => {
  it('come five at once, and then one a second', async () => {
    const at = await slack();
    await burst(5, () => at.post({}));
    const refused = await at.post({});
    expect(refused).toMatchObject(LIMITED);
    expect(waitOf(refused)).toBe(1);
    at.wait(1);
    await burst(1, () => at.post({}));
    expect(await at.post({})).toMatchObject(LIMITED);
    expect(at.messages(CHANNEL)).toHaveLength(6);
    expect(at.refused.map(({ status }) => status)).toEqual([429, 429]);
  });

  it('are counted by channel, replies too', async () => {
    const at = await slack();
    const thread_ts = await firstTs(at);
    await burst(4, () => at.post({ thread_ts }));
    expect(await at.post({ thread_ts })).toMatchObject(LIMITED);
    await burst(5, () => at.post({ channel: 'C0OTHER' }));
  });

  it('may come five at once again after a while, and no more', async () => {
    const at = await slack();
    await burst(5, () => at.post({}));
    at.wait(3600);
    await burst(5, () => at.post({}));
    expect(await at.post({})).toMatchObject(LIMITED);
  });
});

it('updates come ten at once, and then 50 a minute in the whole workspace', async () => {
  const at = await slack();
  const ts = await firstTs(at);
  await burst(10, () => at.update({ ts }));
  const refused = await at.update({ ts });
  expect(refused).toMatchObject(LIMITED);
  expect(waitOf(refused)).toBe(2);
  at.wait(waitOf(refused));
  await burst(1, () => at.update({ ts }));
  expect(await at.update({ ts })).toMatchObject(LIMITED);
});

it('whoever waits for as long as it is told is never refused again', async () => {
  const at = await slack();
  const ts = await firstTs(at);
  for (let done = 0; done < 60; done += 1) {
    const called = await at.update({ ts });
    if (called.body.ok) continue;
    at.wait(waitOf(called));
    expect((await at.update({ ts })).body.ok).toBe(true);
  }
});

it('ephemerals come 100 a minute', async () => {
  const at = await slack();
  const call = () => at.call('chat.postEphemeral', { channel: CHANNEL, user: 'U0ANNA', text: 'x' });
  await burst(20, call);
  expect(await call()).toMatchObject(LIMITED);
});

it('rates can be turned off', async () => {
  const at = await slack({ rates: false });
  await burst(30, () => at.post({}));
});
