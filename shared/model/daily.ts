// What people are told once a day, of everything that is watched. All of its lists are short: however many findings there are, it is one message.
import type { Severity } from './verdict.ts';

/** What is open, counted. Accepted findings are in `accepted` only. */
export interface Numbers {
  open: number;
  orphans: number;
  suspects: number;
  addresses: number;
  dnsSets: number;
  probeSets: number;
  accepted: number;
}

/** Open findings that differ in their subject only. */
export interface OpenGroup {
  region: string;
  cluster: string | null;
  ruleId: string;
  state?: string;
  severity: Severity;
  count: number;
  /** How many of them opened since the last digest. */
  fresh: number;
  addresses: number;
  /** Since when the oldest of them is known. */
  oldest: string;
  /** What the oldest is, in its own words. */
  example: string;
}

/** Findings that went away. */
export interface GoneGroup {
  how: 'resolved' | 'cleaned';
  region: string;
  cluster: string | null;
  ruleId: string;
  count: number;
}

/** The first of something, and how many there are. */
export interface Some<T> {
  count: number;
  first: readonly T[];
}

export interface WatchedRegion {
  region: string;
  /** Where its ledger is, as `--ledger` takes it. */
  ledger: string;
  /** Audits since the last message. */
  audits: number;
  /** Undefined: none was ever recorded. */
  lastAudit: string | undefined;
  /** The last audit that could not read everything. */
  lastIncomplete: { at: string; says: string } | undefined;
  /** Nobody has looked for so long that what is said of it is old. */
  isStale: boolean;
}

export interface DailyDigest {
  /** `open`: there is something to say. `quiet`: there is not, and nobody was told anything for a week. */
  tone: 'open' | 'quiet';
  at: string;
  /** What is new, resolved or cleaned is so since then. */
  since: string;
  /** When people were last told anything by a digest. */
  toldAt: string | undefined;
  now: Numbers;
  /** The same a week ago, when somebody was watching. */
  before: { at: string; numbers: Numbers } | undefined;
  fresh: number;
  /** Oldest first. */
  open: Some<OpenGroup>;
  gone: Some<GoneGroup>;
  resolved: number;
  cleaned: number;
  /** What could not be read, once for each call that failed. */
  unreadable: Some<{ region: string; says: string; slices: readonly string[] }>;
  /** Findings whose acceptance ended, and that are still open. */
  lapsed: number;
  /** Acceptances that end within a week. */
  expiring: Some<{ findingId: string; region: string; summary: string; owner: string; until: string }>;
  plans: Some<{ id: string; region: string; cluster: string; interfaces: number; expiresAt: string }>;
  regions: Some<WatchedRegion>;
}

/** What the ledger keeps of the audits of a region. */
export interface Watch {
  audits: number;
  first: string;
  last: string;
  incomplete?: { at: string; says: string };
  /** Who is told of what is found there. A person's run with this ledger sends nothing itself, and leaves it to them. */
  publishers?: readonly string[];
}

/** What was counted when a digest was due. */
export interface Counted {
  at: string;
  numbers: Numbers;
}

export interface DailyNotice {
  digest: DailyDigest;
  recipients: readonly string[];
}

/** The digest between runs, in the ledger of the first region that is audited. */
export interface DailyState {
  /** The last time that it was due: of two runs that see it pass, one writes it. */
  due: string;
  /** When that run looked: what is new the next time is so since then. */
  at: string;
  /** When people were last told anything by it. */
  sentAt?: string;
  /** Audits counted by then, by region. */
  auditsThen: Readonly<Record<string, number>>;
  /** One a day, for a comparison with last week. */
  history: readonly Counted[];
  pending: readonly DailyNotice[];
}
