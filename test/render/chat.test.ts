import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Announcement } from '../../shared/content/announcement.ts';
import { chatOf } from '../../shared/render/chat.ts';
import { asCode, asText } from '../../shared/render/chat-text.ts';
import { chatViolations } from '../channels/sns-limits.ts';
import { leftover } from '../support/leftovers.ts';
import { proposed } from '../support/plans.ts';
import { CLUSTER, certified, gone, left, leftBehind, many, orphan, suspect, told, toldPlan, warned } from './announcements.ts';
import { GOLDENS, ONE_OF_EACH } from './goldens.ts';

const chat = (announcement: Announcement) => chatOf([announcement]);
const golden = (name: string): unknown => JSON.parse(readFileSync(new URL(`./goldens/${name}.chat.json`, import.meta.url), 'utf8'));
const EVENTS = ['proposed', 'approved', 'rejected', 'expired', 'superseded', 'finished'] as const;
const threadOf = (message: string): string => JSON.parse(message).metadata.threadId;

describe('a message for a chat channel', () => {
  it.each(ONE_OF_EACH)('%s reads as its golden', (name) => {
    expect(JSON.parse(chatOf(GOLDENS[name] ?? []))).toEqual(golden(name));
  });

  it.each(Object.entries(GOLDENS))('%s is one that Amazon Q Developer takes', (_, batch) => {
    expect(chatViolations(chatOf(batch))).toEqual([]);
  });

  it('leaves a command out that the chat would show otherwise than it must be typed', () => {
    const commands = ['good --query "a[*]"', 'bad > file', 'bad `x`', 'bad && worse'];
    const { content } = JSON.parse(chat(told('opened', { ...leftover(1), remedy: { summary: 'Do it.', commands } })));
    expect(content.nextSteps).toEqual(['Do it. `good --query "a[*]"`']);
  });

  it('ends where Amazon Q Developer would cut it off, with a whole line', () => {
    const leftovers = Array.from({ length: 10 }, (_, n) => left(n, { says: '*ü*'.repeat(500) }));
    const message = chat(certified({ outcome: 'leftovers', leftovers }));
    expect(chatViolations(message)).toEqual([]);
    const { description } = JSON.parse(message).content;
    expect(description.length).toBeGreaterThan(2_500);
    expect(description.split('\n').at(-1)).toBe('…');
  });

  it('never cuts a command short', () => {
    const commands = [`first ${'x'.repeat(900)}`, `second ${'x'.repeat(200)}`, 'third'];
    const { content } = JSON.parse(chat(told('opened', { ...leftover(1), remedy: { summary: 'Do it.', commands } })));
    expect(content.nextSteps).toEqual([`Do it. \`${commands[0]}\` \`third\``]);
  });
});

describe('the thread', () => {
  it('is one for all that is told of a finding', () => {
    expect(new Set([suspect(1), orphan(1), gone(1)].map((each) => threadOf(chat(each)))).size).toBe(1);
    expect(threadOf(chat(suspect(2)))).not.toBe(threadOf(chat(suspect(1))));
  });

  it("is one for a cluster's warning, certificate and digests", () => {
    const threads = [[warned()], [leftBehind()], [certified()], many(12)].map((batch) => threadOf(chatOf(batch)));
    expect(new Set(threads).size).toBe(1);
  });

  it("is one for all that is told of a cluster's plans, and its certificate", () => {
    const of = { ...CLUSTER, name: 'checkout' };
    const told = [...EVENTS.map((event) => toldPlan(event, proposed({ id: 'fedcba9876543210' }))), certified({ cluster: of })];
    expect(new Set(told.map((each) => threadOf(chat(each)))).size).toBe(1);
  });

  it.each([
    ['account', { accountId: '444455556666', region: 'eu-west-1' }],
    ['region', { accountId: '111122223333', region: 'us-east-1' }],
  ])('is another in another %s', (_, target) => {
    expect(threadOf(chat({ ...certified(), target }))).not.toBe(threadOf(chat(certified())));
  });
});

describe('a name in a chat', () => {
  it.each([
    ['<!channel> <@U1>', '‹!channel› ‹＠U1›'],
    ['@here @SRE-Team', '＠here ＠SRE-Team'],
    ['<https://evil.example|ok>', '‹https：//evil․example|ok›'],
    ['[ok](https://evil.example)', '［ok］(https：//evil․example)'],
    ['www.evil.example', 'www․evil․example'],
    ['*b* _i_ ~s~ `c`', '∗b∗ ˍiˍ ∼s∼ ˋcˋ'],
    ['&lt;!here&gt; &#60;', '＆lt;!here＆gt; &＃60;'],
    [':fire: a:fire: :100:', '：fire: a：fire: ：100:'],
    ['a\u202eb\nc\u200b', 'ab c'],
  ])('%j is shown as %j', (name, shown) => {
    expect(asText(name)).toBe(shown);
  });

  it.each([
    'my_cluster-1',
    'orphaned-branch-eni/111122223333/eu-west-1/my_cluster/eni-0123456789abcdef0',
    '2026-11-20T18:00:00.000Z',
    '10.0.1.1',
    'arn:aws:eks:eu-west-1:111122223333:cluster/payments',
    'ec2:DescribeNetworkInterfaces failed: AccessDenied',
    'R&D, 100 %',
  ])('%s stays as it is', (name) => {
    expect(asText(name)).toBe(name);
  });

  it('never makes a command', () => {
    expect(['a `b`', 'a <b>', 'a && b', 'a | b'].map(asCode)).toEqual([undefined, undefined, undefined, '`a | b`']);
  });
});
