import type { Accepted } from './acceptance.ts';
import type { Finding, Target } from './finding.ts';
import type { ClusterAnswer, InstanceAnswer, InterfaceAnswer, NetworkInterface, Sighting } from './inventory.ts';
import type { Lease } from './lease.ts';
import type { ItemReads, Read } from './read.ts';
import type { AuditReport } from './report.ts';
import type { ProofPoint } from './verdict.ts';

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

/** One interface that would be deleted, and why. */
export interface PlannedDeletion {
  interfaceId: string;
  cluster: string;
  findingId: string;
  fingerprint: string;
  /** The first sighting: with the fingerprint it is what the approval is about. */
  since: string;
  addresses: readonly string[];
  /** Whom its tags name: they are asked again before the interface itself. */
  owners: { clusters: readonly string[]; trunk: string | undefined; instance: string | undefined };
  proof: readonly ProofPoint[];
}

/** One that would not, which guard holds it back, and why. */
export interface Refusal {
  interfaceId: string;
  cluster: string | null;
  guard: string;
  reason: string;
}

export interface Plan {
  target: Target;
  createdAt: string;
  /** Over exactly what would be deleted and why; the same plan made twice has the same digest. */
  digest: string;
  deletions: readonly PlannedDeletion[];
  refusals: readonly Refusal[];
  /** Security groups, subnets and VPCs that can be deleted once all of this is. */
  unblocks: readonly Pick<Finding, 'subject' | 'summary'>[];
}

export type DeletionStatus = 'claimed' | 'deleting' | 'deleted' | 'already-gone' | 'refused' | 'failed';

/** What the ledger keeps of one deletion, from before it is asked for. */
export interface DeletionRecord {
  interfaceId: string;
  cluster: string;
  findingId: string;
  digest: string;
  status: DeletionStatus;
  /** Which run holds it, and until when nobody else may. */
  /** Which run has it in hand, and until when. */
  lease: Lease;
  /** Who asked for it: the ARN of the caller. */
  by: string;
  at: string;
  proof: readonly ProofPoint[];
  /** The whole interface as EC2 described it right before. */
  interface: Readonly<Record<string, unknown>> | undefined;
  /** What came of it, in words. */
  says: string;
}

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
export interface Stop {
  why: 'denied' | 'error' | 'throttled' | 'unverified' | 'time' | 'interrupted';
  says: string;
}

export interface Execution {
  outcomes: readonly DeletionOutcome[];
  stop: Stop | undefined;
  /** Planned, and not touched. */
  left: readonly string[];
}

/** All that one run of `cleanup` has to say. */
export interface CleanupReport {
  /** The audit that the plan was made from. */
  audit: AuditReport;
  plan: Plan;
  exclusions: Exclusions;
  /** Undefined when the plan was only printed. */
  execution: Execution | undefined;
  /** What turned out to be free afterwards: findings of pinned-by-orphans that the last audit resolved. */
  freed: readonly Pick<Finding, 'subject' | 'summary'>[];
}
