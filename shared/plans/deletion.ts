import * as v from 'valibot';
import type { Accepted } from '../domain/acceptance.ts';
import type { Target } from '../domain/finding.ts';
import type { ClusterAnswer, InstanceAnswer, InterfaceAnswer, NetworkInterface, Sighting } from '../domain/inventory.ts';
import { LEASE } from '../domain/lease.ts';
import type { ItemReads, Read } from '../domain/read.ts';
import { type Of, TEXT, TIME } from '../domain/values.ts';
import { SUBJECT_TYPES } from '../domain/verdict.ts';

/** What the guards see of one interface: copies that were read together. */
export interface Candidate {
  interfaceId: string;
  eni: Read<InterfaceAnswer>;
  clusters: ItemReads<ClusterAnswer>;
  trunks: ItemReads<InterfaceAnswer>;
  instances: ItemReads<InstanceAnswer>;
  sighting: Sighting | undefined;
  /** What the plan was made for: the state of the interface, and since when it was seen so; undefined while planning. */
  planned: Pick<PlannedDeletion, 'fingerprint' | 'since'> | undefined;
  /** Who answers for its staying, if anybody does now. */
  accepted?: Accepted | undefined;
}

/** The same once the interface is known to be there. */
export interface FoundCandidate extends Omit<Candidate, 'eni'> {
  eni: NetworkInterface;
}

export interface Exclusions {
  clusters: readonly string[];
  vpcs: readonly string[];
}

export interface GuardContext {
  target: Target;
  minOrphanAgeMinutes: number;
  exclusions: Exclusions;
  /** How many were let through before this one, and how many may be. */
  position: number;
  max: number;
}

export type GuardVerdict = { allows: true } | { allows: false; reason: string };

/** A brake: pure, run when planning and again on fresh reads right before each deletion. */
export interface Guard {
  id: string;
  /** One sentence for the documentation. */
  says: string;
  judge(candidate: FoundCandidate, context: GuardContext): GuardVerdict;
}

/** One step of a proof, as it is kept. */
const POINT = v.object({
  point: TEXT,
  outcome: v.picklist(['holds', 'fails', 'waits', 'undecidable', 'unread']),
  says: v.string(),
});

/** One interface that would be deleted, and why. */
const PLANNED = v.object({
  interfaceId: TEXT,
  cluster: TEXT,
  findingId: TEXT,
  fingerprint: TEXT,
  /** The first sighting: with the fingerprint it is what the approval is about. */
  since: TIME,
  addresses: v.array(TEXT),
  /** Whom its tags name: they are asked again before the interface itself. */
  owners: v.object({ clusters: v.array(v.string()), trunk: v.optional(v.string()), instance: v.optional(v.string()) }),
  proof: v.array(POINT),
});
export type PlannedDeletion = Of<typeof PLANNED>;

/** One that would not, which guard holds it back, and why. */
const REFUSAL = v.object({ interfaceId: TEXT, cluster: v.nullable(v.string()), guard: TEXT, reason: v.string() });
export type Refusal = Of<typeof REFUSAL>;

/** Whether nothing is missing but a second sighting: every other guard has let it through. */
export const isSuspect = ({ guard }: Pick<Refusal, 'guard'>): boolean => guard === 'seen-twice';

/** Whether it was only one too many for this run. */
export const isDeferred = ({ guard }: Pick<Refusal, 'guard'>): boolean => guard === 'batch-limit';

/** A plan is what somebody approves: what is read back must be exactly what was written, or nothing is carried out. */
export const PLAN = v.object({
  target: v.object({ accountId: TEXT, region: TEXT }),
  createdAt: TIME,
  /** Over exactly what would be deleted and why; the same plan made twice has the same digest. */
  digest: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/)),
  deletions: v.array(PLANNED),
  refusals: v.array(REFUSAL),
  /** Security groups, subnets and VPCs that can be deleted once all of this is. */
  unblocks: v.array(v.object({ subject: v.object({ type: v.picklist(SUBJECT_TYPES), id: v.string() }), summary: v.string() })),
});
export type Plan = Of<typeof PLAN>;

/** What the ledger keeps of one deletion, from before it is asked for. */
export const DELETION_RECORD = v.object({
  interfaceId: TEXT,
  cluster: v.string(),
  findingId: TEXT,
  digest: TEXT,
  status: v.picklist(['claimed', 'deleting', 'deleted', 'already-gone', 'refused', 'failed']),
  /** Which run has it in hand, and until when. */
  lease: LEASE,
  /** Who asked for it: the ARN of the caller. */
  by: v.string(),
  at: TIME,
  proof: v.array(POINT),
  /** The whole interface as EC2 described it right before, whatever that was. */
  interface: v.optional(v.record(v.string(), v.unknown())),
  /** What came of it, in words. */
  says: v.string(),
});
export type DeletionRecord = Of<typeof DELETION_RECORD>;
export type DeletionStatus = DeletionRecord['status'];

/** What became of one planned deletion. */
export interface DeletionOutcome {
  interfaceId: string;
  cluster: string;
  findingId: string;
  status: 'deleted' | 'already-gone' | 'refused' | 'failed';
  /** The guard that refused, where one did. */
  guard?: string;
  says: string;
}

/** Why an execution ended before its plan did. */
export const STOP = v.object({
  why: v.picklist(['denied', 'error', 'throttled', 'unverified', 'time', 'interrupted']),
  says: v.string(),
});
export type Stop = Of<typeof STOP>;

export interface Execution {
  outcomes: readonly DeletionOutcome[];
  stop: Stop | undefined;
  /** Planned, and not touched. */
  left: readonly string[];
}
