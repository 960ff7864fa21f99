// The table of settings: what may stand in the environment. What each one means: setting-texts.ts.
import * as v from 'valibot';

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

// The six characters at its end are Secrets Manager's own: without them IAM and Secrets Manager would not mean the same secret.
const SECRET_ARN = /^(?:arn:aws[a-z-]*:secretsmanager:[a-z]{2,4}(?:-[a-z]+)+-\d:\d{12}:secret:[\w/+=.@-]{1,500}-[A-Za-z0-9]{6})?$/;

export const SLACK_API_URLS = ['https://slack.com/api/', 'https://slack-gov.com/api/'] as const;
// Where tests have their own Slack: on this machine, and on no other.
const LOOPBACK_URL = /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):\d{1,5}\/(?:[\w.-]+\/)*$/;

export const METRICS_MODES = ['aggregate', 'clusters'] as const;

export const CLEANUP_MODES = ['report', 'approve', 'auto'] as const;
export type CleanupMode = (typeof CLEANUP_MODES)[number];

// Below it a pod's interface that its controller has in hand for a moment longer than usual could be taken for an orphan.
export const SAFE_ORPHAN_AGE_MINUTES = 30;

/** Every setting, by the name it has in the environment. `deployed`: the stack's functions take it; all of them the CLI does. */
export const SETTINGS = {
  MIN_ORPHAN_AGE_MINUTES: {
    schema: wholeNumber(0, 10_080),
    deployed: true,
    default: '30',
  },
  AUDIT_REGIONS: {
    schema: list((region) => REGION.test(region), 'AWS regions, e.g. eu-west-1,us-east-1'),
    deployed: true,
    default: '',
  },
  CLEANUP_MODE: {
    schema: v.pipe(v.string(), v.trim(), v.picklist(CLEANUP_MODES, 'must be report, approve or auto')),
    deployed: true,
    default: 'report',
  },
  PLAN_EXPIRY_HOURS: {
    schema: wholeNumber(1, 168),
    deployed: true,
    default: '24',
  },
  ALLOW_SHORT_ORPHAN_AGE: {
    schema: yesOrNo,
    deployed: true,
    default: 'false',
  },
  DIGEST_HOUR_UTC: {
    schema: hourOrOff,
    deployed: true,
    default: '7',
  },
  METRICS: {
    schema: v.pipe(v.string(), v.trim(), v.picklist(METRICS_MODES, 'must be aggregate or clusters')),
    deployed: true,
    default: 'aggregate',
  },
  COREDNS_SECURITY_GROUPS: {
    schema: list((id) => /^sg-[0-9a-f]+$/.test(id), 'security group ids'),
    deployed: true,
    default: '',
  },
  PROBE_PORTS: {
    schema: ports,
    deployed: true,
    default: '',
  },
  EXCLUDED_CLUSTERS: {
    schema: list((name) => name.length <= 100, 'cluster names'),
    deployed: true,
    default: '',
  },
  EXCLUDED_VPCS: {
    schema: list((id) => /^vpc-[0-9a-f]+$/.test(id), 'VPC ids'),
    deployed: true,
    default: '',
  },
  CLEANUP_MAX: {
    schema: wholeNumber(1, 1000),
    deployed: true,
    default: '100',
  },
  CLEANUP_RATE_PER_SECOND: {
    schema: rate,
    deployed: true,
    default: '2',
  },
  SLACK_SECRET_ARN: {
    schema: v.pipe(v.string(), v.trim(), v.regex(SECRET_ARN, 'must be the whole ARN of a Secrets Manager secret, or empty')),
    deployed: true,
    default: '',
  },
  SLACK_APPROVERS: {
    schema: list((id) => /^[UW][A-Z0-9]{2,20}$/.test(id), 'Slack user ids, e.g. U0123456789'),
    deployed: true,
    default: '',
  },
  SLACK_API_URL: {
    schema: v.pipe(
      v.string(),
      v.trim(),
      v.check((url) => SLACK_API_URLS.some((each) => each === url) || LOOPBACK_URL.test(url), `must be ${SLACK_API_URLS.join(' or ')}`),
    ),
    deployed: true,
    default: SLACK_API_URLS[0],
  },
} as const;
