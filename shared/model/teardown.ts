/** What is known of a deleted cluster. Only the DeleteCluster event tells most of it: DescribeCluster cannot any more. */
export interface DeletedCluster {
  name: string;
  arn: string | undefined;
  /** When the cluster was created; with the ARN it tells this cluster from a later one of the same name. */
  createdAt: string | undefined;
  vpcId: string | undefined;
  subnetIds: readonly string[];
  clusterSecurityGroupId: string | undefined;
  roleArn: string | undefined;
}

/** Something that is still there after its cluster, and what it keeps from being deleted. */
export interface Leftover {
  id: string;
  kind:
    | 'branch-interface'
    | 'trunk-interface'
    | 'cni-interface'
    | 'control-plane-interface'
    | 'load-balancer-interface'
    | 'other-interface';
  status: string;
  description: string;
  /** Whether SGP Warden can ever clean it up; the rest is listed, because it blocks as well. */
  ours: boolean;
  /** How far it is proven: `orphan`, `suspect`, `waiting` or `in-use` for ours, undefined for the rest. */
  state: string | undefined;
  says: string;
  blocks: { securityGroups: readonly string[]; subnet: string; vpc: string };
}

/** The answer to "is it really gone?". */
export interface Certificate {
  outcome: 'clean' | 'superseded' | 'leftovers';
  at: string;
  cluster: DeletedCluster;
  leftovers: readonly Leftover[];
  /** One sentence for the top of a message. */
  says: string;
  /** What follows from it. */
  details?: string;
}

/** What the deletion of a living cluster is about to leave behind, told while something can still be done. */
export interface DeletionWarning {
  at: string;
  cluster: DeletedCluster;
  /** Who deleted it, as CloudTrail names them. */
  principal: string | undefined;
  branchesInUse: number;
  branchesAvailable: number;
  says: string;
  advice: readonly string[];
}

/** The follow-up of one deletion, until nothing is left. Kept in the ledger. */
export interface Teardown {
  cluster: DeletedCluster;
  openedBy: 'event' | 'sweep';
  /** When the deletion was asked for, or when a sweep first saw orphans without one. */
  openedAt: string;
  status: 'open' | 'closed';
  /** How many steps of the ladder are done. */
  rung: number;
  /** The next look is not before this. */
  notBefore: string;
  /** Every branch and trunk interface that was ever listed as left: each must answer for itself before the certificate is clean. */
  seen: readonly string[];
  certificate?: Certificate;
}

/** What is still to be sent of a teardown: its warning or its certificate, by these publishers. */
export type PendingNotice = { recipients: readonly string[] } & (
  | { kind: 'warning'; warning: DeletionWarning }
  | { kind: 'certificate'; certificate: Certificate }
);

/** A teardown between runs. */
export interface TeardownState {
  teardown: Teardown;
  pending: readonly PendingNotice[];
}
