import * as v from 'valibot';
import { distance } from '../content/nearest.ts';
import { ConfigError } from '../domain/errors.ts';

export type Env = Readonly<Record<string, string | undefined>>;

// Short names and single words may be anybody's.
const LEAST_LETTERS = 8;
const MOST_SLIPS = 2;

/** Names of an environment that are a slip away from a known one: whoever wrote them believes that they set something. */
export function misspelt(env: Env, known: readonly string[]): string[] {
  const foreign = Object.keys(env).filter(
    (name) => env[name] && !known.includes(name) && name.length >= LEAST_LETTERS && name.includes('_'),
  );
  return foreign.flatMap((name) => {
    const meant = known.find((each) => distance(name, each) <= MOST_SLIPS);
    return meant === undefined ? [] : [`${name}: there is no such setting; did you mean ${meant}?`];
  });
}

/** Parses named values; throws one ConfigError that lists every problem at once, those that are known `before` first. */
export function parse<const E extends v.ObjectEntries>(
  entries: E,
  stated: Record<string, string>,
  before: readonly string[] = [],
): v.InferOutput<v.ObjectSchema<E, undefined>> {
  const parsed = v.safeParse(v.object(entries), stated);
  if (parsed.success && before.length === 0) return parsed.output;
  const name = (issue: v.BaseIssue<unknown>) => String(issue.path?.[0]?.key ?? '');
  const issues = (parsed.issues ?? []).map((issue) => `${shown(name(issue), stated)}: ${issue.message}`);
  throw new ConfigError([...before, ...issues]);
}

// Who sets up Slack has its token in the clipboard: what is wrong there may be just that.
const shown = (name: string, stated: Record<string, string>): string =>
  name.startsWith('SLACK_') ? name : `${name}=${stated[name] ?? ''}`;

/** The named values, where the environment states none or an empty one, those of `orElse`. */
export const stated = (env: Env, names: readonly string[], orElse: (name: string) => string) =>
  Object.fromEntries(names.map((name) => [name, env[name] || orElse(name)]));
