import * as v from 'valibot';
import { defineKind } from '../ledger/kind.ts';
import { type Stored, TEXT, TIME, wholeFrom } from '../ledger/values.ts';
import type { Certificate, DeletedCluster, DeletionWarning, Leftover, PendingNotice, Teardown, TeardownState } from '../model/teardown.ts';

// A year, with some days to spare: a teardown is looked up in audits of the year.
const CLOSED_DAYS = 400;
const LONGEST_LIST = 1_000;

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
  details: v.exactOptional(v.string()),
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

const TEARDOWN_SCHEMA: v.GenericSchema<Stored<Teardown>> = v.object({
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
  v.object({ kind: v.literal('warning'), recipients: v.array(v.string()), warning: WARNING }),
  v.object({ kind: v.literal('certificate'), recipients: v.array(v.string()), certificate: CERTIFICATE }),
]);

/** The follow-up of one deletion: a later cluster of the same name is another one. */
export const TEARDOWN = defineKind<TeardownState, 'teardown'>({
  name: 'teardown',
  schema: v.object({ teardown: TEARDOWN_SCHEMA, pending: v.array(NOTICE) }),
  id: ({ teardown }) => idOf(teardown.cluster),
  keepDays: ({ teardown, pending }) => (pending.length > 0 || teardown.status !== 'closed' ? undefined : CLOSED_DAYS),
  announce: ({ teardown }, { recipients: _, ...notice }) => {
    const { at } = notice.kind === 'warning' ? notice.warning : notice.certificate;
    return { ...notice, id: `${teardownKey(teardown.cluster)}#${notice.kind}#${at}`, at };
  },
  abridge: ({ teardown, pending }) => ({
    teardown: teardown.certificate ? { ...teardown, certificate: abridged(teardown.certificate) } : teardown,
    pending: pending.map((notice) => (notice.kind === 'certificate' ? { ...notice, certificate: abridged(notice.certificate) } : notice)),
  }),
});

const idOf = ({ name, createdAt }: Pick<DeletedCluster, 'name' | 'createdAt'>): string => `${name}/${createdAt ?? 'unknown'}`;

/** The key of a cluster's teardown. */
export const teardownKey = (cluster: Pick<DeletedCluster, 'name' | 'createdAt'>): string => TEARDOWN.key(idOf(cluster));

function abridged(certificate: Certificate): Certificate {
  const { leftovers, says } = certificate;
  if (leftovers.length <= LONGEST_LIST) return certificate;
  const note = `the ledger keeps the first ${LONGEST_LIST} of ${leftovers.length}; an audit lists them all`;
  return { ...certificate, leftovers: leftovers.slice(0, LONGEST_LIST), says: `${says} (${note})` };
}
