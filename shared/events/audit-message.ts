// What triggers put on the audit queue: the only thing that the worker takes its orders from.
import * as v from 'valibot';
import type { Change } from '../model/change.ts';
import { CHANGE } from '../model/change.ts';
import type { Deletion, ParsedEvent } from './delete-cluster.ts';
import { parseBody } from './message-body.ts';

const text = v.pipe(v.string(), v.nonEmpty());
const maybe = v.optional(text);
const TARGET = { accountId: v.pipe(v.string(), v.regex(/^\d{12}$/)), region: text };

const CLUSTER = v.object({
  name: text,
  arn: maybe,
  createdAt: maybe,
  vpcId: maybe,
  subnetIds: v.array(text),
  clusterSecurityGroupId: maybe,
  roleArn: maybe,
});

const MESSAGE = v.variant('kind', [
  v.object({ kind: v.literal('sweep'), trigger: v.picklist(['schedule', 'ladder', 'cleanup', 'click']), ...TARGET }),
  v.object({ kind: v.literal('deletion'), ...TARGET, cluster: CLUSTER, principal: maybe, at: v.pipe(v.string(), v.isoTimestamp()) }),
  v.object({
    kind: v.literal('change'),
    ...TARGET,
    step: v.picklist(['record', 'judge']),
    receivedAt: v.pipe(v.string(), v.isoTimestamp()),
    change: CHANGE,
  }),
  v.object({ kind: v.literal('publish'), ...TARGET }),
  v.object({ kind: v.literal('evidence'), ...TARGET, message: v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/)), by: text }),
]);

/** A region to audit, because it is time or because a follow-up is due. */
export interface SweepMessage {
  kind: 'sweep';
  /** `cleanup`: something was deleted, and every follow-up is looked at again, due or not. `click`: somebody snoozed a finding. */
  trigger: 'schedule' | 'ladder' | 'cleanup' | 'click';
  accountId: string;
  region: string;
}

/** A deletion to warn of and to follow. */
export interface DeletionMessage extends Deletion {
  kind: 'deletion';
}

/**
 * A change of what pods can reach. Each is sent twice: `record` at once, and `judge` a while later, when whoever comes first judges
 * everything that was recorded meanwhile.
 */
export interface ChangeMessage {
  kind: 'change';
  accountId: string;
  region: string;
  step: 'record' | 'judge';
  receivedAt: string;
  change: Change;
}

/** What is pending is to be sent now: somebody answered in Slack, and looks at the message. */
export interface PublishMessage {
  kind: 'publish';
  accountId: string;
  region: string;
}

/** Somebody asks for all that is known of what a message in Slack tells. */
export interface EvidenceMessage {
  kind: 'evidence';
  accountId: string;
  region: string;
  /** The message's id in the ledger. */
  message: string;
  /** Who asks. */
  by: string;
}

export type AuditMessage = SweepMessage | DeletionMessage | ChangeMessage | PublishMessage | EvidenceMessage;

/** The message in a queue record's body, or why it is none. */
export function parseAuditMessage(body: string): ParsedEvent<AuditMessage> {
  const parsed = parseBody(MESSAGE, body);
  if (!parsed.ok) return parsed;
  if (parsed.value.kind !== 'deletion') return { ok: true, value: parsed.value };
  const { arn, createdAt, vpcId, clusterSecurityGroupId, roleArn, ...known } = parsed.value.cluster;
  const cluster = { ...known, arn, createdAt, vpcId, clusterSecurityGroupId, roleArn };
  return { ok: true, value: { ...parsed.value, cluster, principal: parsed.value.principal } };
}
