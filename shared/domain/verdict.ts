export type Severity = 'low' | 'medium' | 'high' | 'critical';
export const SEVERITIES: readonly Severity[] = ['low', 'medium', 'high', 'critical'];

export type VerdictKind = 'pass' | 'fail' | 'unknown' | 'not-applicable';

/** What a rule is about. Reports, numbers and cleanups go by these, never by a rule's id. */
export const TOPICS = ['leftovers', 'paths', 'prerequisites', 'workloads', 'posture', 'coverage'] as const;
export type Topic = (typeof TOPICS)[number];
/** The path that a rule judges. */
export const PATHS = ['dns', 'probe', 'pod-to-pod', 'control-plane'] as const;
export type PathName = (typeof PATHS)[number];
/** The leftover that a rule finds; `branch` is the one that a cleanup may delete. */
export const LEFTOVERS = ['branch', 'trunk', 'pinned', 'leak', 'unattributable'] as const;
export type LeftoverName = (typeof LEFTOVERS)[number];

/** What a rule says of itself; its verdicts and findings carry it. */
export interface About {
  topic: Topic;
  path?: PathName;
  leftover?: LeftoverName;
}

/** A `security-group-set`'s id is its sorted group ids, joined with `+`. */
export const SUBJECT_TYPES = ['network-interface', 'security-group', 'security-group-set', 'subnet', 'vpc', 'slice', 'region'] as const;
export type SubjectType = (typeof SUBJECT_TYPES)[number];

export interface Subject {
  type: SubjectType;
  id: string;
}

/** What to do: one sentence, and the commands that do it. */
export interface Remedy {
  summary: string;
  commands: readonly string[];
}

/** One step of a proof as it is printed: what must hold, whether it does, and the observation that says so. */
export interface ProofPoint {
  point: string;
  /** `fails` and `waits` are certain, `undecidable` lacks a fact that no read would give, `unread` lacks a read. */
  outcome: 'holds' | 'fails' | 'waits' | 'undecidable' | 'unread';
  says: string;
}

/** What an observation says, whichever ids, times and counts it names: what is alike is told once. */
export const shapeOf = (says: string): string => says.replace(/\b(eni|i|vpc|subnet)-[0-9a-f]+|\d[\d:.TZ-]*/g, '#');

export type Evidence = Readonly<Record<string, unknown>>;

/** What a rule says of one subject. */
export interface Judgement<E extends Evidence = Evidence> {
  subject: Subject;
  verdict: VerdictKind;
  cluster?: string | undefined;
  /** Only where it differs from the rule's own. */
  severity?: Severity;
  /** e.g. `suspect` or `orphan`. */
  state?: string;
  /** What is so, in one clause. For `unknown` it is the reason, with what would settle it. */
  summary: string;
  /** What bears it out or follows from it. */
  details?: string;
  evidence: E;
  remedy?: Remedy;
  /** Listed, but announced to nobody until a later judgement is not quiet. */
  quiet?: boolean;
  /** Something of it could not be told this time: whoever knows of it is told what is more severe now, and nothing else. */
  isPartial?: boolean;
  /** What the finding means beyond severity and state; when it changes, people are told. Never a time or a count. */
  meaning?: string;
  /** Sightings and their first time, where the rule knows better than the ledger's own count of runs. */
  seen?: { sightings: number; firstSeen: string };
}

/** A judgement with the rule that made it. */
export interface Verdict extends Judgement, About {
  ruleId: string;
  /** The rule's own, or the judgement's. */
  severity: Severity;
}
