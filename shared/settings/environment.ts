import * as v from 'valibot';
import { ConfigError } from '../domain/errors.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/** Parses named values; throws one ConfigError that lists every problem at once. */
export function parse<const E extends v.ObjectEntries>(
  entries: E,
  stated: Record<string, string>,
): v.InferOutput<v.ObjectSchema<E, undefined>> {
  const parsed = v.safeParse(v.object(entries), stated);
  if (parsed.success) return parsed.output;
  const name = (issue: v.BaseIssue<unknown>) => String(issue.path?.[0]?.key ?? '');
  throw new ConfigError(parsed.issues.map((issue) => `${shown(name(issue), stated)}: ${issue.message}`));
}

// Who sets up Slack has its token in the clipboard: what is wrong there may be just that.
const shown = (name: string, stated: Record<string, string>): string =>
  name.startsWith('SLACK_') ? name : `${name}=${stated[name] ?? ''}`;

/** The named values, where the environment states none or an empty one, those of `orElse`. */
export const stated = (env: Env, names: readonly string[], orElse: (name: string) => string) =>
  Object.fromEntries(names.map((name) => [name, env[name] || orElse(name)]));
