import * as v from 'valibot';
import { defineKind } from '../ledger/kind.ts';
import { type Stored, TEXT, TIME, wholeFrom } from '../ledger/values.ts';
import type { Counted, DailyDigest, DailyState, Numbers, OpenGroup, Watch, WatchedRegion } from '../model/daily.ts';
import { SEVERITIES } from '../model/verdict.ts';

const COUNT = wholeFrom(0);
const INCOMPLETE = v.object({ at: TIME, says: v.string() });

const WATCH_STATE: v.GenericSchema<Watch> = v.object({
  audits: wholeFrom(1),
  first: TIME,
  last: TIME,
  incomplete: v.exactOptional(INCOMPLETE),
  publishers: v.exactOptional(v.array(TEXT)),
});

const NUMBERS: v.GenericSchema<Numbers> = v.object({
  open: COUNT,
  orphans: COUNT,
  suspects: COUNT,
  addresses: COUNT,
  dnsSets: COUNT,
  probeSets: COUNT,
  accepted: COUNT,
});

const COUNTED: v.GenericSchema<Counted> = v.object({ at: TIME, numbers: NUMBERS });

const some = <const S extends v.GenericSchema>(each: S) => v.object({ count: COUNT, first: v.array(each) });

const CLUSTER = v.nullable(v.string());

const OPEN: v.GenericSchema<OpenGroup> = v.object({
  region: TEXT,
  cluster: CLUSTER,
  ruleId: TEXT,
  state: v.exactOptional(v.string()),
  severity: v.picklist(SEVERITIES),
  count: COUNT,
  fresh: COUNT,
  addresses: COUNT,
  oldest: TIME,
  example: v.string(),
});

const GONE = v.object({ how: v.picklist(['resolved', 'cleaned']), region: TEXT, cluster: CLUSTER, ruleId: TEXT, count: COUNT });

const REGION: v.GenericSchema<Stored<WatchedRegion>> = v.object({
  region: TEXT,
  ledger: v.string(),
  audits: COUNT,
  lastAudit: v.optional(TIME),
  lastIncomplete: v.optional(INCOMPLETE),
  isStale: v.boolean(),
});

const DIGEST: v.GenericSchema<Stored<DailyDigest>> = v.object({
  tone: v.picklist(['open', 'quiet']),
  at: TIME,
  since: TIME,
  toldAt: v.optional(TIME),
  now: NUMBERS,
  before: v.optional(COUNTED),
  fresh: COUNT,
  open: some(OPEN),
  gone: some(GONE),
  resolved: COUNT,
  cleaned: COUNT,
  unreadable: some(v.object({ region: TEXT, says: v.string(), slices: v.array(v.string()) })),
  lapsed: COUNT,
  expiring: some(v.object({ findingId: TEXT, region: TEXT, summary: v.string(), owner: v.string(), until: TIME })),
  plans: some(v.object({ id: TEXT, region: TEXT, cluster: v.string(), interfaces: COUNT, expiresAt: TIME })),
  regions: some(REGION),
});

const DAILY_STATE: v.GenericSchema<Stored<DailyState>> = v.object({
  due: TIME,
  at: TIME,
  sentAt: v.exactOptional(TIME),
  auditsThen: v.record(v.string(), COUNT),
  history: v.array(COUNTED),
  pending: v.array(v.object({ digest: DIGEST, recipients: v.array(v.string()) })),
});

/** What is kept of a region's audits. */
export const WATCH = defineKind<Watch, 'watch'>({ name: 'watch', schema: WATCH_STATE });

export const DAILY = defineKind<DailyState, 'daily'>({
  name: 'daily',
  schema: DAILY_STATE,
  announce: (_, { digest }) => ({ kind: 'daily', id: `daily/${digest.at}`, at: digest.at, digest }),
});
