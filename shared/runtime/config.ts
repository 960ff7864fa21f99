import * as v from 'valibot';
import { ConfigError } from './errors.ts';

/** One setting: its schema, its default as it would be written in the environment, and what it does. */
interface Setting {
  schema: v.GenericSchema<unknown, unknown>;
  default: string;
  says: string;
}

const wholeNumber = (min: number, max: number) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.regex(/^-?\d+$/, `must be a whole number from ${min} to ${max}`),
    v.transform(Number),
    v.minValue(min, `must be ${min} or more`),
    v.maxValue(max, `must be ${max} or less`),
  );

/** Every setting, by the name it has in the environment, deployed and in the CLI alike. The README's table is made of this. */
export const SETTINGS = {
  MIN_ORPHAN_AGE_MINUTES: {
    schema: wholeNumber(0, 10_080),
    default: '30',
    says: 'Minutes between the first and the newest sighting before a suspect counts as an orphan: 0 to 10080. Two sightings are needed whatever it says.',
  },
} as const satisfies Record<string, Setting>;

const SCHEMA = v.object({
  MIN_ORPHAN_AGE_MINUTES: SETTINGS.MIN_ORPHAN_AGE_MINUTES.schema,
});

export interface Settings {
  minOrphanAgeMinutes: number;
}

/** The settings that an environment states. Throws one ConfigError that lists every problem at once. */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): Settings {
  const stated = Object.fromEntries(Object.entries(SETTINGS).map(([name, setting]) => [name, env[name] || setting.default]));
  const parsed = v.safeParse(SCHEMA, stated);
  if (!parsed.success) {
    throw new ConfigError(
      parsed.issues.map((issue) => `${v.getDotPath(issue)}=${String(stated[v.getDotPath(issue) ?? ''])}: ${issue.message}`),
    );
  }
  return { minOrphanAgeMinutes: parsed.output.MIN_ORPHAN_AGE_MINUTES };
}
