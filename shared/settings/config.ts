import type * as v from 'valibot';
import { ConfigError } from '../domain/errors.ts';
import type { Exclusions } from '../plans/deletion.ts';
import { type Env, misspelt, parse, stated } from './environment.ts';
import { SAFE_ORPHAN_AGE_MINUTES, SETTINGS } from './settings.ts';

type Camel<N extends string> = N extends `${infer Word}_${infer Rest}` ? `${Lowercase<Word>}${Capitalize<Camel<Rest>>}` : Lowercase<N>;
type Named = { [N in keyof typeof SETTINGS as Camel<N>]: v.InferOutput<(typeof SETTINGS)[N]['schema']> };

/** Every setting by its property: MIN_ORPHAN_AGE_MINUTES is minOrphanAgeMinutes. */
export interface Settings extends Readonly<Omit<Named, 'excludedClusters' | 'excludedVpcs'>> {
  exclusions: Exclusions;
}

const SCHEMAS = Object.fromEntries(Object.entries(SETTINGS).map(([name, { schema }]) => [name, schema]));

const camel = (name: string): string => name.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** The settings that an environment states. Throws one ConfigError that lists every problem. */
export function loadConfig(env: Env): Settings {
  const output = parse(
    SCHEMAS,
    stated(env, Object.keys(SETTINGS), (name) => SETTINGS[name as keyof typeof SETTINGS].default),
    misspelt(env, Object.keys(SETTINGS)),
  );
  const named = Object.fromEntries(Object.entries(output).map(([name, value]) => [camel(name), value])) as unknown as Named;
  const { excludedClusters: clusters, excludedVpcs: vpcs, ...settings } = named;
  return { ...settings, exclusions: { clusters, vpcs } };
}

/** The same for a deployed function, which must not delete on too short a proof, nor lose its Slack to a param that was forgotten: nobody is there to see a warning. */
export function loadStackConfig(env: Env): Settings {
  const settings = loadConfig(env);
  const { cleanupMode, minOrphanAgeMinutes, allowShortOrphanAge, slackSecretArn, slackApprovers } = settings;
  if (slackSecretArn === '' && slackApprovers.length > 0) {
    throw new ConfigError([
      'SLACK_SECRET_ARN: must be named where SLACK_APPROVERS is; without it there is no Slack that they could approve in.',
    ]);
  }
  if (cleanupMode === 'report' || minOrphanAgeMinutes >= SAFE_ORPHAN_AGE_MINUTES || allowShortOrphanAge) return settings;
  throw new ConfigError([
    `CLEANUP_MODE=${cleanupMode} needs MIN_ORPHAN_AGE_MINUTES of ${SAFE_ORPHAN_AGE_MINUTES} or more, not ${minOrphanAgeMinutes}: a live pod's interface may look abandoned for a while. Raise it, or set CLEANUP_MODE=report.`,
  ]);
}

/** The regions that the stack audits: those of AUDIT_REGIONS, or else its own. */
export function homeRegions(env: Env): readonly string[] {
  const { auditRegions } = loadStackConfig(env);
  return auditRegions.length > 0 ? auditRegions : [env.AWS_REGION ?? ''];
}
