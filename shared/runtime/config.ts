import * as v from 'valibot';
import type { Exclusions } from '../model/cleanup.ts';
import { ConfigError } from './errors.ts';

const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d$/;

const wholeNumber = (min: number, max: number) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.regex(/^-?\d+$/, `must be a whole number from ${min} to ${max}`),
    v.transform(Number),
    v.minValue(min, `must be ${min} or more`),
    v.maxValue(max, `must be ${max} or less`),
  );

const list = (each: (item: string) => boolean, wanted: string) =>
  v.pipe(
    v.string(),
    v.transform((text) => [...new Set(text.split(',').map((item) => item.trim()))].filter((item) => item !== '')),
    v.check((items) => items.every(each), `must be a comma-separated list of ${wanted}`),
  );

const ports = v.pipe(
  list((item) => /^\d{1,5}$/.test(item) && Number(item) >= 1 && Number(item) <= 65_535, 'ports from 1 to 65535'),
  v.transform((items) => items.map(Number)),
);

const rate = v.pipe(
  v.string(),
  v.trim(),
  v.regex(/^\d+(\.\d+)?$/, 'must be a number from 0.1 to 100'),
  v.transform(Number),
  v.minValue(0.1, 'must be 0.1 or more'),
  v.maxValue(100, 'must be 100 or less'),
);

const yesOrNo = v.pipe(
  v.string(),
  v.trim(),
  v.picklist(['true', 'false'], 'must be true or false'),
  v.transform((text) => text === 'true'),
);

const hourOrOff = v.pipe(
  v.string(),
  v.trim(),
  v.regex(/^(?:off|\d|[01]\d|2[0-3])$/, 'must be an hour from 0 to 23, or off'),
  v.transform((text) => (text === 'off' ? undefined : Number(text))),
);

export const METRICS_MODES = ['aggregate', 'clusters'] as const;

export const CLEANUP_MODES = ['report', 'approve', 'auto'] as const;
export type CleanupMode = (typeof CLEANUP_MODES)[number];

// Below it a pod's interface that its controller has in hand for a moment longer than usual could be taken for an orphan.
export const SAFE_ORPHAN_AGE_MINUTES = 30;

/** Every setting, by the name it has in the environment. `deployed`: the stack's functions take it; all of them the CLI does. The README's table is made of this. */
export const SETTINGS = {
  MIN_ORPHAN_AGE_MINUTES: {
    schema: wholeNumber(0, 10_080),
    deployed: true,
    default: '30',
    says: 'Minutes between the first and the newest sighting before a suspect counts as an orphan: 0 to 10080. Two sightings are needed whatever it says.',
  },
  AUDIT_REGIONS: {
    schema: list((region) => REGION.test(region), 'AWS regions, e.g. eu-west-1,us-east-1'),
    deployed: true,
    default: '',
    says: 'The regions that the deployed schedule audits, separated by commas. Empty: the region that it is deployed in.',
  },
  CLEANUP_MODE: {
    schema: v.pipe(v.string(), v.trim(), v.picklist(CLEANUP_MODES, 'must be report, approve or auto')),
    deployed: true,
    default: 'report',
    says: 'What the deployed stack may delete: report (nothing, and its template holds no permission to), approve (plans that a named person approved), auto (what every guard lets through). On a terminal `cleanup --apply` is the approval, whatever this says.',
  },
  PLAN_EXPIRY_HOURS: {
    schema: wholeNumber(1, 168),
    deployed: true,
    default: '24',
    says: 'Hours that a plan waits for an approval, and that an approved one may be begun: 1 to 168.',
  },
  ALLOW_SHORT_ORPHAN_AGE: {
    schema: yesOrNo,
    deployed: true,
    default: 'false',
    says: 'For tests only: lets the deployed stack delete although MIN_ORPHAN_AGE_MINUTES is below 30.',
  },
  DIGEST_HOUR_UTC: {
    schema: hourOrOff,
    deployed: true,
    default: '7',
    says: 'The hour of the day, in UTC, after which the deployed stack sends one digest of all its regions: 0 to 23, or off. A day with nothing to say sends none, a week of them one.',
  },
  METRICS: {
    schema: v.pipe(v.string(), v.trim(), v.picklist(METRICS_MODES, 'must be aggregate or clusters')),
    deployed: true,
    default: 'aggregate',
    says: 'What the deployed stack sends to CloudWatch after each audit: aggregate (a dozen metrics for each region), or clusters (besides these, five for each cluster that has something to count).',
  },
  COREDNS_SECURITY_GROUPS: {
    schema: list((id) => /^sg-[0-9a-f]+$/.test(id), 'security group ids'),
    deployed: true,
    default: '',
    says: 'Groups that CoreDNS has, separated by commas: in their VPCs it is looked for only on interfaces that hold one of them. Empty: it may be on any Linux node. The tag sgp-warden:coredns-sg=CLUSTER on a group does the same for one cluster.',
  },
  PROBE_PORTS: {
    schema: ports,
    deployed: true,
    default: '',
    says: 'TCP ports on which the kubelet probes pods, separated by commas. The tag sgp-warden:probe-ports on a security group, its ports separated by spaces, does the same for the pods that hold it.',
  },
  EXCLUDED_CLUSTERS: {
    schema: list((name) => name.length <= 100, 'cluster names'),
    deployed: true,
    default: '',
    says: 'Clusters whose interfaces are never deleted, separated by commas. The tag sgp-warden:keep on an interface does the same for it.',
  },
  EXCLUDED_VPCS: {
    schema: list((id) => /^vpc-[0-9a-f]+$/.test(id), 'VPC ids'),
    deployed: true,
    default: '',
    says: 'VPCs in which nothing is ever deleted, separated by commas.',
  },
  CLEANUP_MAX: {
    schema: wholeNumber(1, 1000),
    deployed: true,
    default: '100',
    says: 'How many interfaces one cleanup deletes at most: 1 to 1000. The rest is deferred to the next one.',
  },
  CLEANUP_RATE_PER_SECOND: {
    schema: rate,
    deployed: true,
    default: '2',
    says: "How many deletions per second a cleanup asks for at most: 0.1 to 100. EC2 refills 5 per second for the whole account, and live clusters' controllers need them: above 4 it warns.",
  },
} as const;

// What the stack tells its functions about itself; nobody sets these by hand.
const WIRING = {
  LEDGER_TABLE: v.pipe(v.string(), v.nonEmpty('must name the ledger table')),
  FINDINGS_TOPIC_ARN: v.pipe(v.string(), v.startsWith('arn:', 'must be a topic ARN')),
  CHAT_TOPIC_ARN: v.union([v.literal(''), v.pipe(v.string(), v.startsWith('arn:'))], 'must be a topic ARN or empty'),
  AUDIT_QUEUE_URL: v.pipe(v.string(), v.startsWith('http', 'must be a queue URL')),
  CLEANUP_QUEUE_URL: v.pipe(v.string(), v.startsWith('http', 'must be a queue URL')),
} as const;

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
}

export interface Wiring {
  ledgerTable: string;
  findingsTopicArn: string;
  /** Empty: there is no chat topic. */
  chatTopicArn: string;
  /** Empty: this stack deletes nothing. */
  cleanupQueueUrl: string;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Parses named values; throws one ConfigError that lists every problem at once. */
function parse<const E extends v.ObjectEntries>(entries: E, stated: Record<string, string>): v.InferOutput<v.ObjectSchema<E, undefined>> {
  const parsed = v.safeParse(v.object(entries), stated);
  if (parsed.success) return parsed.output;
  const name = (issue: v.BaseIssue<unknown>) => String(issue.path?.[0]?.key ?? '');
  throw new ConfigError(parsed.issues.map((issue) => `${name(issue)}=${stated[name(issue)] ?? ''}: ${issue.message}`));
}

const stated = (env: Env, names: readonly string[], orElse: (name: string) => string) =>
  Object.fromEntries(names.map((name) => [name, env[name] || orElse(name)]));

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
  };
}

type Schemas<S> = { [N in keyof S]: S[N] extends { schema: infer Schema } ? Schema : never };

const schemasOf = <S extends Record<string, { schema: v.GenericSchema }>>(settings: S): Schemas<S> =>
  Object.fromEntries(Object.entries(settings).map(([name, { schema }]) => [name, schema])) as Schemas<S>;

/** The same for a deployed function, which must not delete on too short a proof: nobody is there to see the warning. */
export function loadStackConfig(env: Env): Settings {
  const settings = loadConfig(env);
  const { cleanupMode, minOrphanAgeMinutes, allowShortOrphanAge } = settings;
  if (cleanupMode === 'report' || minOrphanAgeMinutes >= SAFE_ORPHAN_AGE_MINUTES || allowShortOrphanAge) return settings;
  throw new ConfigError([
    `CLEANUP_MODE=${cleanupMode} needs MIN_ORPHAN_AGE_MINUTES of ${SAFE_ORPHAN_AGE_MINUTES} or more, not ${minOrphanAgeMinutes}: a live pod's interface may look abandoned for a while. Raise it, or set CLEANUP_MODE=report.`,
  ]);
}

/** What the auditing function needs to know of its own stack. */
export function loadWiring(env: Env): Wiring {
  const { LEDGER_TABLE, FINDINGS_TOPIC_ARN, CHAT_TOPIC_ARN, CLEANUP_QUEUE_URL } = WIRING;
  const output = parseWiring(env, {
    LEDGER_TABLE,
    FINDINGS_TOPIC_ARN,
    CHAT_TOPIC_ARN,
    CLEANUP_QUEUE_URL: v.union([v.literal(''), CLEANUP_QUEUE_URL], 'must be a queue URL, or empty in report mode'),
  });
  return {
    ledgerTable: output.LEDGER_TABLE,
    findingsTopicArn: output.FINDINGS_TOPIC_ARN,
    chatTopicArn: output.CHAT_TOPIC_ARN,
    cleanupQueueUrl: output.CLEANUP_QUEUE_URL,
  };
}

/** What the cleaning function needs to know of its own stack. */
export function loadCleanupWiring(env: Env): { ledgerTable: string; auditQueueUrl: string; cleanupQueueUrl: string } {
  const { LEDGER_TABLE, AUDIT_QUEUE_URL, CLEANUP_QUEUE_URL } = WIRING;
  const output = parseWiring(env, { LEDGER_TABLE, AUDIT_QUEUE_URL, CLEANUP_QUEUE_URL });
  return { ledgerTable: output.LEDGER_TABLE, auditQueueUrl: output.AUDIT_QUEUE_URL, cleanupQueueUrl: output.CLEANUP_QUEUE_URL };
}

/** The queue that triggers send their requests to. */
export const loadQueueUrl = (env: Env): string => parseWiring(env, { AUDIT_QUEUE_URL: WIRING.AUDIT_QUEUE_URL }).AUDIT_QUEUE_URL;

const parseWiring = <const E extends v.ObjectEntries>(env: Env, entries: E) =>
  parse(
    entries,
    stated(env, Object.keys(entries), () => ''),
  );

/** The regions that the stack audits: those of AUDIT_REGIONS, or else its own. */
export function homeRegions(env: Env): readonly string[] {
  const { auditRegions } = loadStackConfig(env);
  return auditRegions.length > 0 ? auditRegions : [env.AWS_REGION ?? ''];
}
