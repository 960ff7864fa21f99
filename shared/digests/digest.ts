// What people are told once a day, of everything that is watched. All of its lists are short: however many findings there are, it is one message.
import * as v from 'valibot';
import { type Of, TEXT, TIME, wholeFrom } from '../domain/values.ts';
import { SEVERITIES } from '../domain/verdict.ts';

const COUNT = wholeFrom(0);
const CLUSTER = v.nullable(v.string());
const INCOMPLETE = v.object({ at: TIME, says: v.string() });

/** What the ledger keeps of the audits of a region. */
export const WATCH = v.object({
  audits: wholeFrom(1),
  first: TIME,
  last: TIME,
  incomplete: v.exactOptional(INCOMPLETE),
  /** Who is told of what is found there. A person's run with this ledger sends nothing itself, and leaves it to them. */
  publishers: v.exactOptional(v.array(TEXT)),
});
export type Watch = Of<typeof WATCH>;

/** What is open, counted. Accepted findings are in `accepted` only. */
const NUMBERS = v.object({
  open: COUNT,
  orphans: COUNT,
  suspects: COUNT,
  addresses: COUNT,
  dnsSets: COUNT,
  probeSets: COUNT,
  accepted: COUNT,
});
export type Numbers = Of<typeof NUMBERS>;

/** What was counted when a digest was due. */
const COUNTED = v.object({ at: TIME, numbers: NUMBERS });
export type Counted = Of<typeof COUNTED>;

/** The first of something, and how many there are. */
const some = <const S extends v.GenericSchema>(each: S) => v.object({ count: COUNT, first: v.array(each) });
export interface Some<T> {
  count: number;
  first: readonly T[];
}

/** Open findings that differ in their subject only. */
const OPEN = v.object({
  region: TEXT,
  cluster: CLUSTER,
  ruleId: TEXT,
  state: v.exactOptional(v.string()),
  severity: v.picklist(SEVERITIES),
  count: COUNT,
  /** How many of them opened since the last digest. */
  fresh: COUNT,
  addresses: COUNT,
  /** Since when the oldest of them is known, and what it is, in its own words. */
  oldest: TIME,
  example: v.string(),
});
export type OpenGroup = Of<typeof OPEN>;

/** Findings that went away. */
const GONE = v.object({ how: v.picklist(['resolved', 'cleaned']), region: TEXT, cluster: CLUSTER, ruleId: TEXT, count: COUNT });
export type GoneGroup = Of<typeof GONE>;

const REGION = v.object({
  region: TEXT,
  /** Where its ledger is, as `--ledger` takes it. */
  ledger: v.string(),
  /** Audits since the last message. */
  audits: COUNT,
  /** Undefined: none was ever recorded. */
  lastAudit: v.optional(TIME),
  /** The last audit that could not read everything. */
  lastIncomplete: v.optional(INCOMPLETE),
  /** Nobody has looked for so long that what is said of it is old. */
  isStale: v.boolean(),
});
export type WatchedRegion = Of<typeof REGION>;

const DIGEST = v.object({
  /** `open`: there is something to say. `quiet`: there is not, and nobody was told anything for a week. */
  tone: v.picklist(['open', 'quiet']),
  at: TIME,
  /** What is new, resolved or cleaned is so since then. */
  since: TIME,
  /** When people were last told anything by a digest. */
  toldAt: v.optional(TIME),
  now: NUMBERS,
  /** The same a week ago, when somebody was watching. */
  before: v.optional(COUNTED),
  fresh: COUNT,
  /** Oldest first. */
  open: some(OPEN),
  gone: some(GONE),
  resolved: COUNT,
  cleaned: COUNT,
  /** What could not be read, once for each call that failed. */
  unreadable: some(v.object({ region: TEXT, says: v.string(), slices: v.array(v.string()) })),
  /** Findings whose acceptance ended, and that are still open. */
  lapsed: COUNT,
  /** Acceptances that end within a week. */
  expiring: some(v.object({ findingId: TEXT, region: TEXT, summary: v.string(), owner: v.string(), until: TIME })),
  plans: some(v.object({ id: TEXT, region: TEXT, cluster: v.string(), interfaces: COUNT, expiresAt: TIME })),
  regions: some(REGION),
});
export type DailyDigest = Of<typeof DIGEST>;

/** The digest between runs, in the ledger of the first region that is audited. */
export const DAILY_STATE = v.object({
  /** The last time that it was due: of two runs that see it pass, one writes it. */
  due: TIME,
  /** When that run looked: what is new the next time is so since then. */
  at: TIME,
  /** When people were last told anything by it. */
  sentAt: v.exactOptional(TIME),
  /** Audits counted by then, by region. */
  auditsThen: v.record(v.string(), COUNT),
  /** One a day, for a comparison with last week. */
  history: v.array(COUNTED),
  pending: v.array(v.object({ digest: DIGEST, recipients: v.array(v.string()) })),
});
export type DailyState = Of<typeof DAILY_STATE>;
