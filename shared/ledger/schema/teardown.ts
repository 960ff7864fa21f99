import * as v from 'valibot';
import type { PendingNotice, TeardownState } from '../../model/ledger.ts';
import type { Certificate, DeletedCluster, DeletionWarning, Leftover, Teardown } from '../../model/teardown.ts';
import { type Stored, TEXT, TIME, wholeFrom } from './values.ts';

const UNKNOWN_OR_TEXT = v.optional(TEXT);
const TEXTS = v.array(TEXT);
const COUNT = wholeFrom(0);

const CLUSTER: v.GenericSchema<Stored<DeletedCluster>> = v.object({
  name: TEXT,
  arn: UNKNOWN_OR_TEXT,
  // Only compared, never reckoned with: whatever CloudTrail called it.
  createdAt: UNKNOWN_OR_TEXT,
  vpcId: UNKNOWN_OR_TEXT,
  subnetIds: TEXTS,
  clusterSecurityGroupId: UNKNOWN_OR_TEXT,
  roleArn: UNKNOWN_OR_TEXT,
});

const LEFTOVER: v.GenericSchema<Stored<Leftover>> = v.object({
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
  ours: v.boolean(),
  state: v.optional(v.string()),
  says: v.string(),
  blocks: v.object({ securityGroups: TEXTS, subnet: v.string(), vpc: v.string() }),
});

const CERTIFICATE: v.GenericSchema<Stored<Certificate>> = v.object({
  outcome: v.picklist(['clean', 'superseded', 'leftovers']),
  at: TIME,
  cluster: CLUSTER,
  leftovers: v.array(LEFTOVER),
  says: v.string(),
});

const WARNING: v.GenericSchema<Stored<DeletionWarning>> = v.object({
  at: TIME,
  cluster: CLUSTER,
  principal: v.optional(v.string()),
  branchesInUse: COUNT,
  branchesAvailable: COUNT,
  says: v.string(),
  advice: v.array(v.string()),
});

const TEARDOWN: v.GenericSchema<Stored<Teardown>> = v.object({
  cluster: CLUSTER,
  openedBy: v.picklist(['event', 'sweep']),
  openedAt: TIME,
  status: v.picklist(['open', 'closed']),
  rung: COUNT,
  notBefore: TIME,
  seen: TEXTS,
  certificate: v.exactOptional(CERTIFICATE),
});

const NOTICE: v.GenericSchema<Stored<PendingNotice>> = v.variant('kind', [
  v.object({ kind: v.literal('warning'), owedTo: v.array(v.string()), warning: WARNING }),
  v.object({ kind: v.literal('certificate'), owedTo: v.array(v.string()), certificate: CERTIFICATE }),
]);

export const TEARDOWN_STATE: v.GenericSchema<Stored<TeardownState>> = v.object({ teardown: TEARDOWN, pending: v.array(NOTICE) });
