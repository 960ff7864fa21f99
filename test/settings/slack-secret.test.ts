import { describe, expect, it } from '@jest/globals';
import { reasonOf } from '../../shared/channels/reason.ts';
import { ConfigError } from '../../shared/domain/errors.ts';
import { channelFor, parseSlackSecret } from '../../shared/settings/slack-secret.ts';

const TOKEN = 'xoxb-not-a-token';
const SECRET = { botToken: TOKEN, signingSecret: '0123456789abcdef0123456789abcdef', channels: [{ channel: 'C0PLATFORM' }] };
const problemsOf = (secret: unknown): readonly string[] => {
  try {
    parseSlackSecret(typeof secret === 'string' ? secret : JSON.stringify(secret));
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
};

describe('the Slack secret', () => {
  it('holds a token, a signing secret and channels', () => {
    expect(parseSlackSecret(JSON.stringify(SECRET))).toEqual(SECRET);
  });

  it.each<[string, unknown, string]>([
    ['no JSON', 'xoxb-1-2-3', 'the Slack secret is not JSON; write it anew'],
    ['a list', [], 'botToken is missing'],
    ['without a token', { ...SECRET, botToken: undefined }, 'botToken is missing'],
    ["with a user's token", { ...SECRET, botToken: 'xoxp-1' }, 'botToken must be a bot token, which begins with xoxb-'],
    [
      'with a signing secret of another kind',
      { ...SECRET, signingSecret: 'SHHH' },
      "signingSecret must be 32 hexadecimal digits, the app's signing secret",
    ],
    ['with a misspelt field', { ...SECRET, chanels: [] }, 'chanels is not known'],
    [
      "with a channel's name",
      { ...SECRET, channels: [{ channel: '#platform' }] },
      'channels.0.channel must be the id of a channel, e.g. C0123456789, not its name',
    ],
    [
      'without a channel for all the rest',
      { ...SECRET, channels: [{ channel: 'C0ONCALL', atLeast: 'critical' }] },
      'channels must end with a channel without conditions, for all the rest, and only there',
    ],
    [
      'without any channel',
      { ...SECRET, channels: [] },
      'channels must end with a channel without conditions, for all the rest, and only there',
    ],
    [
      'with a channel behind the one for all the rest',
      { ...SECRET, channels: [{ channel: 'C0PLATFORM' }, { channel: 'C0ONCALL', atLeast: 'critical' }] },
      'channels must end with a channel without conditions, for all the rest, and only there',
    ],
    [
      'with a severity that there is not',
      { ...SECRET, channels: [{ channel: 'C0ONCALL', atLeast: 'urgent' }, { channel: 'C0PLATFORM' }] },
      'channels.0.atLeast must be low, medium, high, critical',
    ],
  ])('is refused %s', (_, secret, problem) => {
    expect(problemsOf(secret).join()).toContain(problem);
  });

  it('is refused with every problem at once, in the line that a log keeps, and none of its values', () => {
    const problems = problemsOf({ botToken: 'xoxp-secret-1', signingSecret: 'secret-2', channels: [{ channel: 'secret-3' }] });
    expect(problems).toEqual([
      expect.stringMatching(/^the Slack secret does not fit \(botToken .*; signingSecret .*; channels\.0\.channel .*\); write it anew/),
    ]);
    expect(problems.join()).not.toContain('secret-');
  });
});

it('a log tells what is wrong with it: nothing of that looks like a secret to whoever hides those', () => {
  const problems = problemsOf({ botToken: 'x', signingSecret: 'x', channels: [{ channel: 'x' }] });
  expect(reasonOf(new ConfigError(problems))).toContain(problems.join());
});

describe('the channel of a message', () => {
  const ROUTES = [
    { channel: 'C0SHOP', clusters: ['shop', 'shop-*'], atLeast: 'high' },
    { channel: 'C0ONCALL', atLeast: 'critical' },
    { channel: 'C0TEST', clusters: ['*-test'] },
    { channel: 'C0PLATFORM' },
  ] as const;
  it.each([
    ['high', ['shop'], 'C0SHOP'],
    ['critical', ['shop-eu'], 'C0SHOP'],
    ['medium', ['shop'], 'C0PLATFORM'],
    ['critical', ['search'], 'C0ONCALL'],
    ['low', ['search-test'], 'C0TEST'],
    ['low', ['test'], 'C0PLATFORM'],
    ['high', ['workshop'], 'C0PLATFORM'],
    ['high', [], 'C0PLATFORM'],
    // An interface may name two clusters.
    ['high', ['search', 'shop'], 'C0SHOP'],
  ] as const)('of severity %s about %j is %s', (severity, clusters, channel) => {
    expect(channelFor(ROUTES, { severity, clusters })).toBe(channel);
  });
});
