// Every setting, once: what it may be, its default and what it means. Its property, the stack's parameter, the environment of the functions,
// the params of serverless.yml and the README's table are made of this (npm run gen).
import * as v from 'valibot';
import { as, type Constraint, decimal, list, matching, oneOf, wholeNumber } from './values.ts';

// The six characters at its end are Secrets Manager's own: without them IAM and Secrets Manager would not mean the same secret.
const SECRET_ARN = /^(?:arn:aws[a-z-]*:secretsmanager:[a-z]{2,4}(?:-[a-z]+)+-\d:\d{12}:secret:[\w/+=.@-]{1,500}-[A-Za-z0-9]{6})?$/;

const SLACK_API_URLS = ['https://slack.com/api/', 'https://slack-gov.com/api/'] as const;
// Where tests have their own Slack: on this machine, and on no other.
const LOOPBACK_URL = /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):\d{1,5}\/(?:[\w.-]+\/)*$/;

const METRICS_MODES = ['aggregate', 'clusters'] as const;

export const CLEANUP_MODES = ['report', 'approve', 'auto'] as const;
export type CleanupMode = (typeof CLEANUP_MODES)[number];

// Below it a pod's interface that its controller has in hand for a moment longer than usual could be taken for an orphan.
export const SAFE_ORPHAN_AGE_MINUTES = 30;

export interface Setting {
  schema: v.GenericSchema<string, unknown>;
  constraint: Constraint;
  default: string;
  /** What it means, for people. */
  says: string;
  /** Where the stack does not do as with most: a parameter of another name, another default, or no parameter, but text that a script puts into the template. */
  inStack?: { parameter?: string; default?: string; decidedBy?: string };
}

/** Every setting, by the name it has in the environment. */
export const SETTINGS = {
  MIN_ORPHAN_AGE_MINUTES: {
    ...wholeNumber(0, 10_080),
    default: '30',
    says: 'Minutes between the first and the newest sighting before a suspect counts as an orphan: 0 to 10080. Two sightings are needed whatever it says.',
  },
  AUDIT_REGIONS: {
    ...list('[a-z]{2,4}(-[a-z]+)+-\\d', 'AWS regions, e.g. eu-west-1,us-east-1'),
    constraint: { Type: 'CommaDelimitedList' },
    inStack: { default: `\${self:provider.region}` },
    default: '',
    says: 'The regions that the deployed schedule audits, separated by commas. Empty: the region that it is deployed in.',
  },
  CLEANUP_MODE: {
    ...oneOf(CLEANUP_MODES),
    inStack: { decidedBy: 'cleanup.mode' },
    default: 'report',
    says: 'What the deployed stack may delete: report (nothing, and its template holds no permission to), approve (plans that a named person approved), auto (what every guard lets through). On a terminal `cleanup --apply` is the approval, whatever this says.',
  },
  PLAN_EXPIRY_HOURS: {
    ...wholeNumber(1, 168),
    default: '24',
    says: 'Hours that a plan waits for an approval, and that an approved one may be begun: 1 to 168.',
  },
  ALLOW_SHORT_ORPHAN_AGE: {
    ...as(oneOf(['true', 'false']), (text) => text === 'true'),
    default: 'false',
    says: 'For tests only: lets the deployed stack delete although MIN_ORPHAN_AGE_MINUTES is below 30.',
  },
  DIGEST_HOUR_UTC: {
    ...as(matching(/^(?:off|\d|[01]\d|2[0-3])$/, 'an hour from 0 to 23, or off'), (text) => (text === 'off' ? undefined : Number(text))),
    default: '7',
    says: 'The hour of the day, in UTC, after which the deployed stack sends one digest of all its regions: 0 to 23, or off. A day with nothing to say sends none, a week of them one.',
  },
  METRICS: {
    ...oneOf(METRICS_MODES),
    inStack: { parameter: 'MetricsDetail' },
    default: 'aggregate',
    says: 'What the deployed stack sends to CloudWatch after each audit: aggregate (a dozen metrics for each region), or clusters (besides these, five for each cluster that has something to count).',
  },
  COREDNS_SECURITY_GROUPS: {
    ...list('sg-[0-9a-f]+', 'security group ids'),
    inStack: { parameter: 'CoreDnsSecurityGroups' },
    default: '',
    says: 'Groups that CoreDNS has, separated by commas: in their VPCs it is looked for only on interfaces that hold one of them. Empty: it may be on any Linux node. The tag sgp-warden:coredns-sg=CLUSTER on a group does the same for one cluster.',
  },
  PROBE_PORTS: {
    ...as(
      list('\\d{1,5}', 'ports from 1 to 65535', (port) => Number(port) >= 1 && Number(port) <= 65_535),
      (items) => items.map(Number),
    ),
    default: '',
    says: 'TCP ports on which the kubelet probes pods, separated by commas. The tag sgp-warden:probe-ports on a security group, its ports separated by spaces, does the same for the pods that hold it.',
  },
  EXCLUDED_CLUSTERS: {
    ...list('[0-9A-Za-z][0-9A-Za-z_-]{0,99}', 'cluster names'),
    default: '',
    says: 'Clusters whose interfaces are never deleted, separated by commas. The tag sgp-warden:keep on an interface does the same for it.',
  },
  EXCLUDED_VPCS: {
    ...list('vpc-[0-9a-f]+', 'VPC ids'),
    default: '',
    says: 'VPCs in which nothing is ever deleted, separated by commas.',
  },
  CLEANUP_MAX: {
    ...wholeNumber(1, 1000),
    default: '100',
    says: 'How many interfaces one cleanup deletes at most: 1 to 1000. The rest is deferred to the next one.',
  },
  CLEANUP_RATE_PER_SECOND: {
    ...decimal(0.1, 100),
    default: '2',
    says: "How many deletions per second a cleanup asks for at most: 0.1 to 100. EC2 refills 5 per second for the whole account, and live clusters' controllers need them: above 4 it warns.",
  },
  SLACK_SECRET_ARN: {
    ...matching(SECRET_ARN, 'the whole ARN of a Secrets Manager secret, or empty'),
    inStack: { decidedBy: 'slack.secretArn' },
    default: '',
    says: "The secret with a Slack app's token, its signing secret and its channels (docs/slack.md). Empty: the deployed stack has no Slack, and no public address.",
  },
  SLACK_APPROVERS: {
    ...list('[UW][A-Z0-9]{2,20}', 'Slack user ids, e.g. U0123456789'),
    inStack: { decidedBy: 'slack.approvers' },
    default: '',
    says: 'Who may approve, reject and snooze in Slack: user ids, separated by commas. Empty: nobody.',
  },
  SLACK_API_URL: {
    schema: v.pipe(
      v.string(),
      v.trim(),
      v.check((url) => SLACK_API_URLS.some((each) => each === url) || LOOPBACK_URL.test(url), `must be ${SLACK_API_URLS.join(' or ')}`),
    ),
    constraint: { Type: 'String', AllowedValues: SLACK_API_URLS },
    inStack: { decidedBy: 'slack.apiUrl' },
    default: SLACK_API_URLS[0],
    says: 'The Web API of Slack: https://slack.com/api/, or https://slack-gov.com/api/ for GovSlack.',
  },
} as const satisfies Readonly<Record<string, Setting>>;
