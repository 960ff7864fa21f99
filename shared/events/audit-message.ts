// What triggers put on the audit queue: the only thing that the worker takes its orders from.
import * as v from 'valibot';
import type { Change } from '../model/change.ts';
import { CHANGE } from '../runtime/change-schema.ts';
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
  v.object({ kind: v.literal('sweep'), trigger: v.picklist(['schedule', 'ladder', 'cleanup']), ...TARGET }),
  v.object({ kind: v.literal('deletion'), ...TARGET, cluster: CLUSTER, principal: maybe, at: v.pipe(v.string(), v.isoTimestamp()) }),
  v.object({
    kind: v.literal('change'),
    ...TARGET,
    step: v.picklist(['record', 'judge']),
    receivedAt: v.pipe(v.string(), v.isoTimestamp()),
    change: CHANGE,
  }),
]);

/** A region to audit, because it is time or because a follow-up is due. */
export interface SweepMessage {
  kind: 'sweep';
  /** `cleanup`: something was deleted, and every follow-up is looked at again, due or not. */
  trigger: 'schedule' | 'ladder' | 'cleanup';
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

export type AuditMessage = SweepMessage | DeletionMessage | ChangeMessage;

/** The message in a queue record's body, or why it is none. */
export function parseAuditMessage(body: string): ParsedEvent<AuditMessage> {
  const parsed = parseBody(MESSAGE, body);
  if (!parsed.ok) return parsed;
  if (parsed.value.kind !== 'deletion') return { ok: true, value: parsed.value };
  const { arn, createdAt, vpcId, clusterSecurityGroupId, roleArn, ...known } = parsed.value.cluster;
  const cluster = { ...known, arn, createdAt, vpcId, clusterSecurityGroupId, roleArn };
  return { ok: true, value: { ...parsed.value, cluster, principal: parsed.value.principal } };
}
