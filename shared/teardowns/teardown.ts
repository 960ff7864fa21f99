import * as v from 'valibot';
import { type Of, TEXT, TIME, wholeFrom } from '../domain/values.ts';

const UNKNOWN_OR_TEXT = v.optional(TEXT);
const TEXTS = v.array(TEXT);
const COUNT = wholeFrom(0);

/** What is known of a deleted cluster. Only the DeleteCluster event tells most of it: DescribeCluster cannot any more. */
export const CLUSTER = v.object({
  name: TEXT,
  arn: UNKNOWN_OR_TEXT,
  /** When the cluster was created; with the ARN it tells this cluster from a later one of the same name. Only compared, never reckoned with. */
  createdAt: UNKNOWN_OR_TEXT,
  vpcId: UNKNOWN_OR_TEXT,
  subnetIds: TEXTS,
  clusterSecurityGroupId: UNKNOWN_OR_TEXT,
  roleArn: UNKNOWN_OR_TEXT,
});
export type DeletedCluster = Of<typeof CLUSTER>;

/** Something that is still there after its cluster, and what it keeps from being deleted. */
const LEFTOVER = v.object({
  id: TEXT,
  kind: v.picklist([
    'branch-interface',
    'trunk-interface',
    'cni-interface',
    'control-plane-interface',
    'load-balancer-interface',
    'other-interface',
  ]),
  status: v.string(),
  description: v.string(),
  /** Whether SGP Warden can ever clean it up; the rest is listed, because it blocks as well. */
  ours: v.boolean(),
  /** How far it is proven: `orphan`, `suspect`, `waiting` or `in-use` for ours, undefined for the rest. */
  state: v.optional(v.string()),
  says: v.string(),
  blocks: v.object({ securityGroups: TEXTS, subnet: v.string(), vpc: v.string() }),
});
export type Leftover = Of<typeof LEFTOVER>;

/** The answer to "is it really gone?". */
const CERTIFICATE = v.object({
  outcome: v.picklist(['clean', 'superseded', 'leftovers']),
  at: TIME,
  cluster: CLUSTER,
  leftovers: v.array(LEFTOVER),
  /** One sentence for the top of a message. */
  says: v.string(),
  /** What follows from it. */
  details: v.exactOptional(v.string()),
});
export type Certificate = Of<typeof CERTIFICATE>;

/** What the deletion of a living cluster is about to leave behind, told while something can still be done. */
const WARNING = v.object({
  at: TIME,
  cluster: CLUSTER,
  /** Who deleted it, as CloudTrail names them. */
  principal: v.optional(v.string()),
  branchesInUse: COUNT,
  branchesAvailable: COUNT,
  says: v.string(),
  advice: v.array(v.string()),
});
export type DeletionWarning = Of<typeof WARNING>;

/** The follow-up of one deletion, until nothing is left. */
const TEARDOWN = v.object({
  cluster: CLUSTER,
  openedBy: v.picklist(['event', 'sweep']),
  /** When the deletion was asked for, or when a sweep first saw orphans without one. */
  openedAt: TIME,
  status: v.picklist(['open', 'closed']),
  /** How many steps of the ladder are done. */
  rung: COUNT,
  /** The next look is not before this. */
  notBefore: TIME,
  /** Every branch and trunk interface that was ever listed as left: each must answer for itself before the certificate is clean. */
  seen: TEXTS,
  certificate: v.exactOptional(CERTIFICATE),
});
export type Teardown = Of<typeof TEARDOWN>;

/** What is still to be sent of a teardown: its warning or its certificate, by these publishers. */
const NOTICE = v.variant('kind', [
  v.object({ kind: v.literal('warning'), recipients: v.array(v.string()), warning: WARNING }),
  v.object({ kind: v.literal('certificate'), recipients: v.array(v.string()), certificate: CERTIFICATE }),
]);
export type PendingNotice = Of<typeof NOTICE>;

/** A teardown between runs. */
export const TEARDOWN_STATE = v.object({ teardown: TEARDOWN, pending: v.array(NOTICE) });
export type TeardownState = Of<typeof TEARDOWN_STATE>;
