// What people see in Slack: one message for each thing, a thread that tells its story, and nothing lost when Slack is not well.

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type SlackEffect, seen } from '../../../sandbox/slack/index.ts';
import type { Announcement } from '../../../shared/content/announcement.ts';
import { acceptedSet, certified, gone, many, orphan, suspect, told, toldPlan, unread, warned } from '../../render/announcements.ts';
import { announcement } from '../../render/hostile.ts';
import { decision, proposed, result } from '../../support/plans.ts';
import { eniId, NEWEST, TARGET } from '../../support/reports.ts';
import { runs } from '../../support/runs.ts';
import { ONCALL, PLATFORM, slackIn, startWorkspace, type Workspace } from './workspace.ts';

let workspace: Workspace;
beforeEach(async () => {
  workspace = await startWorkspace();
});
afterEach(async () => {
  await workspace.slack.stop();
});

const publish = (...announcements: Announcement[]) => workspace.publisher.publish(announcements);
const undelivered = async (...announcements: Announcement[]) =>
  (await publish(...announcements)).flatMap((delivery) => (delivery.delivered ? [] : [delivery.reason]));
/** The same, told at another time. */
const at = (announcement: Announcement, time: string): Announcement => {
  if (announcement.kind !== 'transition') throw new Error('only transitions are told again');
  const { transition, finding } = announcement;
  return { ...announcement, id: `${finding.id}#${transition.kind}#${time}`, transition: { ...transition, at: time } };
};
const isJson = (announcement: Announcement): boolean => {
  try {
    return JSON.stringify(announcement) !== undefined;
  } catch {
    return false;
  }
};
const buttons = (text = '') => text.match(/\[(Approve|Reject|Snooze: [^\]]*|Show evidence)\]/g) ?? [];

describe('a finding', () => {
  it('that opens, changes, resolves and comes back is one message, updated, and its thread tells the story', async () => {
    const story = [suspect(1), orphan(1), gone(1), at(suspect(1), '2026-11-27T09:00:00.000Z')];
    const tops: string[] = [];
    for (const step of story) {
      await workspace.know(step);
      expect(await undelivered(step)).toEqual([]);
      tops.push(workspace.shown().join('\n---\n'));
    }
    expect(workspace.shown()).toHaveLength(1);
    expect(tops.map((top) => top.split('\n')[0])).toEqual([
      expect.stringMatching(/^HIGH: eni-/),
      expect.stringMatching(/^HIGH: eni-/),
      expect.stringMatching(/^RESOLVED: eni-.* is gone/),
      expect.stringMatching(/^HIGH: eni-/),
    ]);
    expect(tops.map((top) => buttons(top).length)).toEqual([2, 2, 1, 2]);
    const steps = workspace.replies().filter((reply) => /^\d\d:\d\d UTC/.test(reply));
    expect(steps.map((reply) => reply.split('\n')[0])).toEqual([
      expect.stringContaining('HIGH'),
      expect.stringContaining('RESOLVED'),
      expect.stringContaining('09:00 UTC'),
    ]);
    // An updated message notifies nobody: that it is back is told to the channel.
    const [message] = workspace.slack.messages(PLATFORM);
    const loud = workspace.slack.thread(PLATFORM, message?.ts ?? '').filter(({ subtype }) => subtype === 'thread_broadcast');
    expect(loud.map((reply) => seen(reply).text.slice(0, 9))).toEqual(['09:00 UTC']);
  });

  it('told again and again with the same ids is told once', async () => {
    await workspace.know(suspect(1));
    for (let run = 0; run < 10; run += 1) expect(await undelivered(suspect(1))).toEqual([]);
    expect(workspace.shown()).toHaveLength(1);
    expect(workspace.slack.calls.filter(({ method }) => method === 'chat.postMessage').length).toBeLessThanOrEqual(2);
  });

  it('whose message somebody deleted gets another one', async () => {
    await publish(suspect(1));
    workspace.slack.deleteMessage(PLATFORM, workspace.slack.messages(PLATFORM)[0]?.ts ?? '');
    expect(await undelivered(orphan(1))).toEqual([]);
    expect(workspace.shown()).toHaveLength(1);
  });

  it('keeps its question as long as it means the same, and asks another one when it changed', async () => {
    const nonces: (string | undefined)[] = [];
    for (const step of [suspect(1), at(suspect(1), '2026-11-27T09:00:00.000Z'), orphan(1)]) {
      await workspace.know(step);
      await publish(step);
      nonces.push((await workspace.messages())[0]?.question?.nonce);
    }
    expect(nonces[0]).toMatch(/^[\w-]{22}$/);
    expect([nonces[1] === nonces[0], nonces[2] === nonces[0]]).toEqual([true, false]);
  });

  it.each([
    ['what could not be read', unread()],
    ['what somebody answers for', acceptedSet()],
  ])('offers no silence about %s', async (_, announcement) => {
    await workspace.know(announcement);
    await publish(announcement);
    expect(buttons(workspace.shown()[0])).toEqual(['[Show evidence]']);
  });
});

describe('a plan', () => {
  const PLAN = proposed();
  it('is asked about in one message, which tells who answered and what came of it', async () => {
    const approved = { ...PLAN, status: 'approved', decision: decision({ by: 'slack:T0SANDBOX/U0ANNA/anna', via: 'slack' }) } as const;
    const done = { ...approved, status: 'done', result: result() } as const;
    await publish(toldPlan('proposed', PLAN));
    expect(buttons(workspace.shown()[0])).toEqual(['[Approve]', '[Reject]', '[Show evidence]']);
    await publish(toldPlan('approved', approved, { says: 'approved by slack:T0SANDBOX/U0ANNA/anna' }));
    const [message] = workspace.slack.messages(PLATFORM);
    expect(message && seen(message)).toMatchObject({
      text: expect.stringMatching(/Approved by/),
      mentions: expect.arrayContaining(['@U0ANNA']),
    });
    await publish(toldPlan('finished', done, { says: '6 deleted' }));
    expect(workspace.shown()).toEqual([expect.stringMatching(/6 orphans|6 interfaces|6 deleted/)]);
    expect(buttons(workspace.shown()[0])).toEqual(['[Show evidence]']);
  });

  it('that ran out of time asks again in the same message, with other buttons', async () => {
    await publish(toldPlan('proposed', PLAN));
    const [before] = await workspace.messages();
    await publish(toldPlan('expired', { ...PLAN, id: `${PLAN.id}-2`, round: 2 }, { plan: PLAN.id }));
    const [after, ...others] = await workspace.messages();
    expect(others).toEqual([]);
    expect(after?.question).toMatchObject({ of: { kind: 'plan', plan: `${PLAN.id}-2` } });
    expect(after?.question?.nonce).not.toBe(before?.question?.nonce);
    expect(buttons(workspace.shown()[0])).toContain('[Approve]');
  });
});

describe('a plan that waits again, of which nobody is owed a word', () => {
  const PLAN = proposed();
  const NEXT = { ...PLAN, id: `${PLAN.id}-2`, round: 2 };
  const other = () => publish(at(suspect(9), new Date(Date.parse(NEWEST) + workspace.slack.calls.length).toISOString()));

  it.each(['superseded', 'done', 'expired'] as const)(
    'after it was %s, is asked about in its message, with buttons that count',
    async (status) => {
      const over = { ...PLAN, status, says: 'over', ...(status === 'done' ? { result: result() } : {}) };
      await workspace.knowPlan({ plan: PLAN, pending: [] });
      await publish(toldPlan('proposed', PLAN));
      await workspace.knowPlan({ plan: over, pending: [] });
      await publish(toldPlan(status === 'done' ? 'finished' : status, over));
      expect(buttons(workspace.shown()[0])).toEqual(['[Show evidence]']);
      await workspace.knowPlan({ plan: NEXT, pending: [] });
      for (let run = 0; run < 3; run += 1) await other();
      expect(workspace.shown()[0]).toMatch(/^APPROVE\?/);
      expect(buttons(workspace.shown()[0])).toEqual(['[Approve]', '[Reject]', '[Show evidence]']);
      expect((await workspace.messages()).find(({ about }) => about.startsWith('plan'))?.question?.of).toEqual({
        kind: 'plan',
        plan: NEXT.id,
      });
      expect(workspace.replies().filter((reply) => reply.includes('APPROVE?'))).toHaveLength(1);
    },
  );

  it('is asked about in the next run, whether that has anything to tell or not', async () => {
    await publish(toldPlan('proposed', PLAN));
    const over = { ...PLAN, status: 'superseded', says: 'the world changed' } as const;
    for (const [plan, says] of [
      [over, /^SUPERSEDED/],
      [NEXT, /^APPROVE\?/],
    ] as const) {
      await workspace.knowPlan({ plan, pending: [] });
      await workspace.publisher.refresh?.(TARGET);
      expect(workspace.shown()).toEqual([expect.stringMatching(says)]);
    }
    expect(buttons(workspace.shown()[0])).toEqual(['[Approve]', '[Reject]', '[Show evidence]']);
    const calls = workspace.slack.calls.length;
    await workspace.publisher.refresh?.(TARGET);
    expect(workspace.slack.calls).toHaveLength(calls);
    workspace.slack.revoke();
    await workspace.knowPlan({ plan: { ...NEXT, status: 'superseded' }, pending: [] });
    await expect(workspace.publisher.refresh?.(TARGET)).rejects.toThrow('token_revoked');
  });

  it('is left to the run that is owed word of it', async () => {
    await publish(toldPlan('proposed', PLAN));
    const pending = [{ plan: PLAN.id, event: 'superseded', at: NEWEST, says: 'the world changed', recipients: ['slack'] }] as const;
    await workspace.knowPlan({ plan: { ...PLAN, status: 'superseded' }, pending });
    await workspace.publisher.refresh?.(TARGET);
    expect(workspace.shown()).toEqual([expect.stringMatching(/^APPROVE\?/)]);
  });

  it('by what a run read that came too late is not asked about behind its answer', async () => {
    await publish(toldPlan('proposed', PLAN));
    await workspace.knowPlan({ plan: NEXT, pending: [] });
    const approved = { ...NEXT, status: 'approved', decision: decision() } as const;
    const late = slackIn({
      ...workspace.options,
      store: {
        ...workspace.store,
        load: async (target) => {
          const records = await workspace.store.load(target);
          await workspace.knowPlan({ plan: approved, pending: [] });
          await publish(toldPlan('expired', approved, { plan: PLAN.id }), toldPlan('approved', approved));
          return records;
        },
      },
    });
    await late.publish([toldPlan('expired', NEXT, { plan: PLAN.id })]);
    await late.refresh?.(TARGET);
    expect(buttons(workspace.shown()[0])).toEqual(['[Show evidence]']);
  });

  it('says APPROVE? when it ran out of time and waits again at once, not that it expired', async () => {
    await publish(toldPlan('proposed', PLAN));
    await workspace.knowPlan({ plan: NEXT, pending: [] });
    await publish(toldPlan('expired', NEXT, { plan: PLAN.id }));
    expect(workspace.shown()).toEqual([expect.stringMatching(/^APPROVE\?/)]);
    expect(workspace.replies().map((reply) => reply.split('\n')[0])).toEqual(
      expect.arrayContaining([expect.stringContaining('EXPIRED'), expect.stringContaining('APPROVE?')]),
    );
  });

  it('of which the question comes after the answer does not say that it waits', async () => {
    const over = { ...PLAN, status: 'superseded', says: 'the world changed' } as const;
    await publish(toldPlan('proposed', over, { says: 'waits for an approval' }));
    expect(workspace.shown()[0]).toContain('Status: the world changed');
  });
});

it("a deletion's warning and certificate are one message, and the certificate is told to the channel", async () => {
  await publish(warned());
  await publish(certified());
  expect(workspace.shown()).toEqual([expect.stringContaining('CLEAN')]);
  const replies = workspace.slack.thread(PLATFORM, workspace.slack.messages(PLATFORM)[0]?.ts ?? '');
  expect(replies.at(-1)).toMatchObject({ subtype: 'thread_broadcast' });
});

describe('the channel', () => {
  beforeEach(async () => {
    await workspace.slack.stop();
    workspace = await startWorkspace({ routes: [{ channel: ONCALL, atLeast: 'critical' }, { channel: PLATFORM }] });
  });

  it('follows a finding that becomes more urgent, and the old place says where it went', async () => {
    const first = told('opened', { ...oneOf(acceptedSet()), severity: 'high', accepted: undefined as never });
    const worse = at(told('changed', { ...oneOf(acceptedSet()), severity: 'critical', accepted: undefined as never }), NEWEST);
    await publish(first);
    await publish(worse);
    expect(workspace.shown(ONCALL)).toEqual([expect.stringMatching(/^CRITICAL/)]);
    expect(workspace.shown(PLATFORM)).toEqual([expect.stringContaining('Goes on in')]);
  });

  it.each<[string, SlackEffect]>([
    ['its answer was lost', { kind: 'lost-answer' }],
    ['Slack was not well', { kind: 'error', error: 'internal_error' }],
    ['Slack asked to wait for too long', { kind: 'status', status: 429, headers: { 'retry-after': '600' } }],
  ])('no old place keeps its buttons because %s: the next run says where it went', async (_, effect) => {
    const first = told('opened', { ...oneOf(suspect(1)), severity: 'high' });
    const worse = at(told('changed', { ...oneOf(suspect(1)), severity: 'critical' }), NEWEST);
    await workspace.know(first);
    await publish(first);
    await workspace.know(worse);
    workspace.slack.faults.add({ when: ({ method }) => method === 'chat.update', times: 1, effect });
    expect(await undelivered(worse)).toHaveLength(1);
    expect(await undelivered(worse)).toEqual([]);
    expect(workspace.shown(ONCALL)).toEqual([expect.stringMatching(/^CRITICAL/)]);
    expect(workspace.shown(PLATFORM)).toEqual([expect.stringContaining('Goes on in')]);
    expect(buttons(workspace.shown(PLATFORM)[0])).toEqual([]);
    expect((await workspace.messages())[0]?.left).toBeUndefined();
  });

  it.each<[string, (workspace: Workspace) => void]>([
    ['archived', ({ slack }) => slack.archive(PLATFORM)],
    ['one that the app was taken out of', ({ slack }) => slack.kick(PLATFORM)],
    ['where somebody deleted it', ({ slack }) => slack.deleteMessage(PLATFORM, slack.messages(PLATFORM)[0]?.ts ?? '')],
  ])('that was left is nobody waited for when it is %s', async (_, happen) => {
    await publish(told('opened', { ...oneOf(suspect(1)), severity: 'high' }));
    happen(workspace);
    expect(await undelivered(at(told('changed', { ...oneOf(suspect(1)), severity: 'critical' }), NEWEST))).toEqual([]);
    expect(workspace.shown(ONCALL)).toEqual([expect.stringMatching(/^CRITICAL/)]);
  });

  it('is the one that the secret names by then, where nothing was posted yet', async () => {
    workspace.slack.archive(PLATFORM);
    expect(await undelivered(suspect(1))).toHaveLength(1);
    workspace.secret.value = { ...workspace.secret.value, channels: [{ channel: ONCALL, atLeast: 'high' }, { channel: PLATFORM }] };
    expect(await undelivered(suspect(1))).toEqual([]);
    expect(workspace.shown(ONCALL)).toHaveLength(1);
  });
});
const oneOf = (announcement: Announcement) => {
  if (announcement.kind !== 'transition') throw new Error('no finding');
  return announcement.finding;
};

const archived = ({ slack }: Workspace) => {
  slack.archive(PLATFORM);
  return () => slack.unarchive(PLATFORM);
};

describe('when Slack is not well', () => {
  it.each<[string, (workspace: Workspace) => () => void, RegExp]>([
    [
      'it is down',
      ({ slack }) => slack.faults.add({ effect: { kind: 'status', status: 503, body: '<html>' } }),
      /unreachable \(HTTP 503\)/,
    ],
    ['it breaks connections', ({ slack }) => slack.faults.add({ effect: { kind: 'drop' } }), /unreachable/],
    [
      'it answers with a page',
      ({ slack }) => slack.faults.add({ effect: { kind: 'status', status: 200, body: '<html>' } }),
      /without JSON/,
    ],
    [
      'it asks to wait for longer than there is time',
      ({ slack }) => slack.faults.add({ effect: { kind: 'status', status: 429, headers: { 'retry-after': '600' } } }),
      /ratelimited/,
    ],
    ['the channel is archived', archived, /is_archived; unarchive the channel.* \(channel C0PLATFORM\)/],
    [
      'it has a fault of its own',
      ({ slack }) => slack.faults.add({ effect: { kind: 'error', error: 'internal_error' } }),
      /internal_error/,
    ],
  ])('because %s, it says so of each, throws nothing, and the next run tells all', async (_, breakDown, why) => {
    const mend = breakDown(workspace);
    const reasons = await undelivered(...many(30), warned());
    expect(reasons).toHaveLength(31);
    for (const reason of reasons) expect(reason).toMatch(why);
    // What fails for all is not tried for each: the second message tells, and a server error is tried once more.
    expect(workspace.slack.calls.length).toBeLessThanOrEqual(4);
    mend();
    workspace.pass(1_800_000);
    expect(await undelivered(...many(30), warned())).toEqual([]);
    expect(workspace.shown()).toHaveLength(2);
  });

  it.each<[string, SlackEffect]>([
    ['waits of no time', { kind: 'status', status: 429, headers: { 'retry-after': '0' } }],
    ['waits that are no number', { kind: 'status', status: 429, headers: { 'retry-after': 'soon' } }],
    ['waits of ages', { kind: 'status', status: 429, headers: { 'retry-after': '99999999999999999999' } }],
    ['waits without a time', { kind: 'status', status: 429 }],
    ['redirects', { kind: 'status', status: 302, headers: { location: 'http://127.0.0.1:9/' } }],
    ['a yes that names no message', { kind: 'status', status: 200, body: '{"ok":true}' }],
    ['JSON that is no object', { kind: 'status', status: 200, body: 'null' }],
    ['a code that nobody knows', { kind: 'error', error: '<!channel> *boom*' }],
    ['no error at all', { kind: 'status', status: 200, body: '{"ok":false}' }],
  ])('of answers like %s it makes neither many calls nor an end, and the next run tells all', async (_, effect) => {
    workspace.slack.faults.add({ effect });
    const findings = [suspect(1), suspect(2), suspect(3)];
    expect(await undelivered(...findings)).toHaveLength(3);
    expect(workspace.slack.calls.length).toBeLessThanOrEqual(60);
    expect(workspace.passed()).toBeLessThanOrEqual(60_000);
    workspace.slack.faults.clear();
    expect(await undelivered(...findings)).toEqual([]);
    expect(workspace.shown()).toHaveLength(3);
  });

  it('a revoked token is told with what to do, and the secret is read again for the next run', async () => {
    workspace.slack.rotate({ botToken: 'xoxb-2-test' });
    expect(await undelivered(suspect(1), suspect(2))).toEqual([
      expect.stringContaining('put its bot token in the Slack secret'),
      expect.any(String),
    ]);
    workspace.secret.value = { ...workspace.secret.value, botToken: 'xoxb-2-test' };
    expect(await undelivered(suspect(1), suspect(2))).toEqual([]);
    expect(workspace.secret.reads).toBe(2);
  });

  it('waits as long as Slack asks to, and tells all', async () => {
    expect(await undelivered(...Array.from({ length: 10 }, (_, n) => suspect(n + 1)))).toEqual([]);
    expect(workspace.shown()).toHaveLength(10);
    expect(workspace.slack.refused.every(({ error }) => error === 'ratelimited')).toBe(true);
    expect(workspace.passed()).toBeLessThan(60_000);
  });

  it('a server error is tried once more, a lost answer is not', async () => {
    workspace.slack.faults.add({ times: 1, effect: { kind: 'status', status: 500 } });
    expect(await undelivered(suspect(1))).toEqual([]);
    workspace.slack.faults.add({ times: 1, effect: { kind: 'lost-answer' } });
    expect(await undelivered(suspect(2))).toHaveLength(1);
    expect(workspace.shown()).toHaveLength(2);
  });

  it('only the channel that is closed is not told', async () => {
    await workspace.slack.stop();
    workspace = await startWorkspace({ routes: [{ channel: ONCALL, atLeast: 'critical' }, { channel: PLATFORM }] });
    workspace.slack.kick(ONCALL);
    expect(await undelivered(acceptedSet(), suspect(1))).toEqual([expect.stringMatching(/\/invite @sgp-warden \(channel C0ONCALL\)/)]);
    expect(workspace.shown(PLATFORM)).toHaveLength(1);
  });

  it('a message that Slack does not take holds up no other', async () => {
    const isAbout =
      (n: number) =>
      ({ args }: { args: object }) =>
        JSON.stringify(args).includes(eniId(n));
    workspace.slack.faults.add({ when: isAbout(2), effect: { kind: 'error', error: 'invalid_blocks' } });
    expect(await undelivered(suspect(1), suspect(2), suspect(3))).toEqual([expect.stringContaining('invalid_blocks')]);
    expect(workspace.shown()).toHaveLength(2);
  });

  it.each<[string, SlackEffect]>([
    ['has no answer for', { kind: 'error', error: 'internal_error' }],
    ['fails at', { kind: 'status', status: 500 }],
    ['never gets, because a proxy answers with a page,', { kind: 'status', status: 403, body: '<html>' }],
    ['never gets, because a proxy breaks the connection,', { kind: 'drop' }],
  ])('a message that it %s holds up no other, in no run', async (_, effect) => {
    workspace.slack.faults.add({ when: ({ args }) => JSON.stringify(args).includes(eniId(1)), effect });
    const reasons = await undelivered(suspect(1), suspect(2), suspect(3));
    expect(reasons).toEqual([expect.stringContaining('status.slack.com')]);
    expect(workspace.shown()).toHaveLength(2);
  });

  it('begins no call that it could not wait for: cut short, it would be there all the same, and be made again', async () => {
    workspace.slack.faults.add({ effect: { kind: 'slow', ms: 7_000 } });
    const findings = Array.from({ length: 10 }, (_, n) => suspect(n + 1));
    expect(await undelivered(...findings)).toContainEqual(expect.stringContaining('no time left in this run'));
    expect(workspace.passed()).toBeLessThanOrEqual(60_000);
    const posted = () => workspace.shown().length;
    expect(posted()).toBe((await workspace.messages()).filter(({ ts }) => ts !== undefined).length);
    workspace.slack.faults.clear();
    workspace.pass(1_800_000);
    expect(await undelivered(...findings)).toEqual([]);
    expect(posted()).toBe(10);
  });

  it('no token stands in what it says', async () => {
    workspace.slack.revoke();
    expect((await undelivered(suspect(1))).join()).not.toContain('xoxb');
  });
});

describe('two runs at once', () => {
  it('make one message of one thing', async () => {
    const other = slackIn(workspace.options);
    const [one, two] = await Promise.all([publish(suspect(1), warned()), other.publish([suspect(1), warned()])]);
    expect(workspace.shown()).toHaveLength(2);
    expect([...one, ...two].filter(({ delivered }) => !delivered)).toEqual([]);
  });

  it('tell what only one of them knows, too, and leave no question standing that was answered', async () => {
    const PLAN = proposed();
    const approved = { ...PLAN, status: 'approved', decision: decision() } as const;
    const other = slackIn(workspace.options);
    const [one, two] = await Promise.all([
      publish(toldPlan('proposed', PLAN)),
      other.publish([toldPlan('proposed', approved), toldPlan('approved', approved)]),
    ]);
    expect([...one, ...two].filter(({ delivered }) => !delivered)).toEqual([]);
    expect(workspace.shown()).toEqual([expect.stringMatching(/^APPROVED/)]);
    expect(buttons(workspace.shown()[0])).toEqual(['[Show evidence]']);
    expect(workspace.passed()).toBeLessThan(4_000);
  });

  it('three of them, each with one more to tell, tell all of it in one message', async () => {
    const story = [suspect(1), orphan(1), at(gone(1), '2026-11-27T09:00:00.000Z')];
    const all = await Promise.all([1, 2, 3].map((n) => slackIn(workspace.options).publish(story.slice(0, n))));
    expect(all.flat().filter(({ delivered }) => !delivered)).toEqual([]);
    expect(workspace.shown()).toEqual([expect.stringMatching(/^RESOLVED/)]);
  });

  it('a run that ended with a claim in its hand stops nobody for long', async () => {
    const store = { ...workspace.store, write: async () => Promise.reject(new Error('the process is gone')) };
    await slackIn({ ...workspace.options, store }).publish([suspect(1)]);
    workspace.pass(121_000);
    expect(await undelivered(suspect(1))).toEqual([]);
    expect(workspace.shown()).toHaveLength(1);
  });
});

it('5,000 findings of one deleted cluster are a handful of messages that Slack takes', async () => {
  expect(await undelivered(...many(5_000, 1_000), warned())).toEqual([]);
  expect(workspace.shown().length).toBeLessThanOrEqual(10);
  expect(workspace.slack.refused.filter(({ error }) => error !== 'ratelimited')).toEqual([]);
});

it('whatever names an account holds, Slack takes the message, and shows it as text', async () => {
  await workspace.slack.stop();
  await fc.assert(
    fc.asyncProperty(fc.array(announcement, { minLength: 1, maxLength: 12 }), async (announcements) => {
      workspace = await startWorkspace({ rates: false });
      try {
        // A ledger holds what JSON can say.
        await workspace.know(...announcements.filter(isJson));
        await publish(...announcements);
        expect(workspace.slack.refused).toEqual([]);
        const messages = workspace.slack.messages(PLATFORM);
        expect(messages.length).toBeGreaterThan(0);
        for (const message of [...messages, ...messages.flatMap(({ ts }) => workspace.slack.thread(PLATFORM, ts))]) {
          const { mentions, links, emoji, formatted } = seen(message);
          expect({ mentions, links, emoji, formatted }).toEqual({ mentions: [], links: [], emoji: [], formatted: [] });
        }
      } finally {
        await workspace.slack.stop();
      }
    }),
    { numRuns: runs(60) },
  );
});
