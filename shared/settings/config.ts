import type * as v from 'valibot';
import { ConfigError } from '../domain/errors.ts';
import type { Exclusions } from '../plans/deletion.ts';
import { type Env, parse, stated } from './environment.ts';
import { type CleanupMode, SAFE_ORPHAN_AGE_MINUTES, SETTINGS } from './settings.ts';

export interface Settings {
  minOrphanAgeMinutes: number;
  auditRegions: readonly string[];
  cleanupMode: CleanupMode;
  planExpiryHours: number;
  allowShortOrphanAge: boolean;
  /** Undefined: no daily digest. */
  digestHourUtc: number | undefined;
  /** Whether metrics are sent by cluster, too. */
  metricsByCluster: boolean;
  corednsSecurityGroups: readonly string[];
  probePorts: readonly number[];
  exclusions: Exclusions;
  cleanupMax: number;
  cleanupRatePerSecond: number;
  /** Empty: there is no Slack. */
  slackSecretArn: string;
  /** Ids of Slack users. */
  slackApprovers: readonly string[];
  slackApiUrl: string;
}

/** The settings that an environment states. */
export function loadConfig(env: Env): Settings {
  const defaults: Record<string, string> = Object.fromEntries(Object.entries(SETTINGS).map(([name, setting]) => [name, setting.default]));
  const output = parse(
    schemasOf(SETTINGS),
    stated(env, Object.keys(SETTINGS), (name) => defaults[name] ?? ''),
  );
  return {
    minOrphanAgeMinutes: output.MIN_ORPHAN_AGE_MINUTES,
    auditRegions: output.AUDIT_REGIONS,
    cleanupMode: output.CLEANUP_MODE,
    planExpiryHours: output.PLAN_EXPIRY_HOURS,
    allowShortOrphanAge: output.ALLOW_SHORT_ORPHAN_AGE,
    digestHourUtc: output.DIGEST_HOUR_UTC,
    metricsByCluster: output.METRICS === 'clusters',
    corednsSecurityGroups: output.COREDNS_SECURITY_GROUPS,
    probePorts: output.PROBE_PORTS,
    exclusions: { clusters: output.EXCLUDED_CLUSTERS, vpcs: output.EXCLUDED_VPCS },
    cleanupMax: output.CLEANUP_MAX,
    cleanupRatePerSecond: output.CLEANUP_RATE_PER_SECOND,
    slackSecretArn: output.SLACK_SECRET_ARN,
    slackApprovers: output.SLACK_APPROVERS,
    slackApiUrl: output.SLACK_API_URL,
  };
}

type Schemas<S> = { [N in keyof S]: S[N] extends { schema: infer Schema } ? Schema : never };

const schemasOf = <S extends Record<string, { schema: v.GenericSchema }>>(settings: S): Schemas<S> =>
  Object.fromEntries(Object.entries(settings).map(([name, { schema }]) => [name, schema])) as Schemas<S>;

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
