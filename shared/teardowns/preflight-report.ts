import type { Target } from '../domain/finding.ts';
import type { Remedy } from '../domain/verdict.ts';
import type { Coverage } from '../findings/audit-report.ts';

export interface ClusterInstance {
  id: string;
  state: string;
  /** The managed node group that made it, when one did. */
  nodegroup: string | undefined;
  /** Operated by EKS Auto Mode, which takes its instances along. */
  managed: boolean;
}

/** What deleting a cluster now would leave behind. `unknown`: something that decides it could not be read. */
export type PreflightOutcome = 'clean' | 'leaves-behind' | 'unknown' | 'no-such-cluster';

export interface PreflightReport {
  generatedAt: string;
  target: Target;
  cluster: string;
  outcome: PreflightOutcome;
  /** One sentence for the top of the table. */
  summary: string;
  coverage: readonly Coverage[];
  leftBehind: {
    /** Branch interfaces that serve pods now: orphans as soon as the control plane is gone. */
    branchesInUse: readonly string[];
    /** Branch interfaces that are `available`: the controller collects them only while the cluster lives. */
    branchesAvailable: readonly string[];
    /** Trunk interfaces that no node holds any more. */
    trunks: readonly string[];
    ipAddresses: number;
    securityGroups: readonly string[];
    subnets: readonly string[];
  };
  /** Node groups and Fargate profiles: EKS refuses DeleteCluster while they exist. */
  deleteFirst: readonly string[];
  /** Instances of no managed node group: they outlive the control plane, and so do their pods' interfaces. */
  outliving: readonly string[];
  /** What to do, in order. */
  steps: readonly Remedy[];
  stats: { apiCalls: number; durationMs: number };
}

/** Of which cluster somebody asks what its deletion would leave behind. */
export interface PreflightRequest {
  region: string;
  cluster: string;
}
