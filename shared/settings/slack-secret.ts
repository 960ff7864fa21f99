// The one secret that Slack takes: what it holds, and which channel gets what. Its values never stand in an error.
import * as v from 'valibot';
import { ConfigError } from '../domain/errors.ts';
import { SEVERITIES, type Severity } from '../domain/verdict.ts';

/** Where messages go. The first whose conditions a message meets is its channel. */
export interface SlackRoute {
  channel: string;
  /** This severity or a higher one. */
  atLeast?: Severity;
  /** Cluster names; `*` stands for any letters. */
  clusters?: readonly string[];
}

export interface SlackSecret {
  botToken: string;
  signingSecret: string;
  channels: readonly SlackRoute[];
}

const CHANNEL = v.pipe(v.string(), v.regex(/^[CG][A-Z0-9]{2,20}$/, 'must be the id of a channel, e.g. C0123456789, not its name'));
const ROUTE = v.strictObject({
  channel: CHANNEL,
  atLeast: v.exactOptional(v.picklist(SEVERITIES, `must be ${SEVERITIES.join(', ')}`)),
  clusters: v.exactOptional(
    v.pipe(v.array(v.pipe(v.string(), v.regex(/^[\w*-]{1,100}$/, 'must be a cluster name'))), v.minLength(1, 'must name a cluster')),
  ),
});
const SECRET = v.strictObject({
  botToken: v.pipe(v.string(), v.regex(/^xoxb-[\w-]+$/, 'must be a bot token, which begins with xoxb-')),
  signingSecret: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/, "must be 32 hexadecimal digits, the app's signing secret")),
  channels: v.pipe(
    v.array(ROUTE),
    v.check(
      (routes) => routes.length > 0 && routes.findIndex(({ atLeast, clusters }) => !atLeast && !clusters) === routes.length - 1,
      'must end with a channel without conditions, for all the rest, and only there',
    ),
  ),
});

/** What the secret says. Throws a ConfigError that names every problem by its place, in one line for the log, and none of the values. */
export function parseSlackSecret(text: string): SlackSecret {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // Without the parser's own words: they quote the text.
    throw new ConfigError([`the Slack secret is not JSON; ${NEXT}`]);
  }
  const parsed = v.safeParse(SECRET, json);
  if (parsed.success) return parsed.output;
  const problems = parsed.issues.map((issue) => `${v.getDotPath(issue) ?? 'all of it'} ${wordsOf(issue)}`);
  throw new ConfigError([`the Slack secret does not fit (${problems.join('; ')}); ${NEXT}`]);
}

const NEXT = 'write it anew (docs/slack.md)';

// Valibot's own words quote what it was given.
const wordsOf = ({ message, expected, received }: v.BaseIssue<unknown>): string =>
  message.startsWith('Invalid')
    ? received === 'undefined'
      ? 'is missing'
      : expected === 'never'
        ? 'is not known'
        : 'is of a wrong type'
    : message;

/** The channel of a message. */
export function channelFor(routes: readonly SlackRoute[], message: { severity: Severity; clusters: readonly string[] }): string {
  const meets = ({ atLeast, clusters }: SlackRoute) =>
    (!atLeast || SEVERITIES.indexOf(message.severity) >= SEVERITIES.indexOf(atLeast)) &&
    (!clusters || clusters.some((pattern) => message.clusters.some((name) => matches(pattern, name))));
  return routes.find(meets)?.channel ?? '';
}

const matches = (pattern: string, name: string): boolean => new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(name);
