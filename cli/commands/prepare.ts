import { ConfigError } from '../../shared/domain/errors.ts';
import { loadConfig, type Settings } from '../../shared/settings/config.ts';
import type { Terminal, World } from '../ports.ts';
import { regionsFor } from '../region.ts';

export interface Prepared {
  settings: Settings;
  regions: readonly string[];
}

/** What a ConfigError complains of; any other error goes on. */
async function problemsOf(attempt: () => unknown): Promise<readonly string[]> {
  try {
    await attempt();
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

/**
 * Settings and regions, or one ConfigError with every problem of the arguments, the environment and the files together. The attempts
 * are made one after the other, with the regions as far as they are known.
 */
export async function prepare(
  asked: { regions: readonly string[]; problems: readonly string[] },
  { env }: Terminal,
  world: World,
  ...attempts: readonly ((regions: readonly string[]) => unknown)[]
): Promise<Prepared> {
  const { regions, problems } = await regionsFor(asked.regions, env, world.profileRegion);
  const all = [...asked.problems, ...problems];
  for (const attempt of [() => loadConfig(env), ...attempts]) all.push(...(await problemsOf(() => attempt(regions))));
  if (all.length > 0) throw new ConfigError(all);
  return { settings: loadConfig(env), regions };
}
