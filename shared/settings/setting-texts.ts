// What each setting means, for people: the README's table is made of it. Not in settings.ts, which every function carries.
import type { SETTINGS } from './settings.ts';

export const SETTING_TEXTS: Readonly<Record<keyof typeof SETTINGS, string>> = {
  MIN_ORPHAN_AGE_MINUTES:
    'Minutes between the first and the newest sighting before a suspect counts as an orphan: 0 to 10080. Two sightings are needed whatever it says.',
  AUDIT_REGIONS: 'The regions that the deployed schedule audits, separated by commas. Empty: the region that it is deployed in.',
  CLEANUP_MODE:
    'What the deployed stack may delete: report (nothing, and its template holds no permission to), approve (plans that a named person approved), auto (what every guard lets through). On a terminal `cleanup --apply` is the approval, whatever this says.',
  PLAN_EXPIRY_HOURS: 'Hours that a plan waits for an approval, and that an approved one may be begun: 1 to 168.',
  ALLOW_SHORT_ORPHAN_AGE: 'For tests only: lets the deployed stack delete although MIN_ORPHAN_AGE_MINUTES is below 30.',
  DIGEST_HOUR_UTC:
    'The hour of the day, in UTC, after which the deployed stack sends one digest of all its regions: 0 to 23, or off. A day with nothing to say sends none, a week of them one.',
  METRICS:
    'What the deployed stack sends to CloudWatch after each audit: aggregate (a dozen metrics for each region), or clusters (besides these, five for each cluster that has something to count).',
  COREDNS_SECURITY_GROUPS:
    'Groups that CoreDNS has, separated by commas: in their VPCs it is looked for only on interfaces that hold one of them. Empty: it may be on any Linux node. The tag sgp-warden:coredns-sg=CLUSTER on a group does the same for one cluster.',
  PROBE_PORTS:
    'TCP ports on which the kubelet probes pods, separated by commas. The tag sgp-warden:probe-ports on a security group, its ports separated by spaces, does the same for the pods that hold it.',
  EXCLUDED_CLUSTERS:
    'Clusters whose interfaces are never deleted, separated by commas. The tag sgp-warden:keep on an interface does the same for it.',
  EXCLUDED_VPCS: 'VPCs in which nothing is ever deleted, separated by commas.',
  CLEANUP_MAX: 'How many interfaces one cleanup deletes at most: 1 to 1000. The rest is deferred to the next one.',
  CLEANUP_RATE_PER_SECOND:
    "How many deletions per second a cleanup asks for at most: 0.1 to 100. EC2 refills 5 per second for the whole account, and live clusters' controllers need them: above 4 it warns.",
  SLACK_SECRET_ARN:
    "The secret with a Slack app's token, its signing secret and its channels (docs/slack.md). Empty: the deployed stack has no Slack, and no public address.",
  SLACK_APPROVERS: 'Who may approve, reject and snooze in Slack: user ids, separated by commas. Empty: nobody.',
  SLACK_API_URL: 'The Web API of Slack: https://slack.com/api/, or https://slack-gov.com/api/ for GovSlack.',
};
