// What triggers put on the audit queue: the only thing that the worker takes its orders from.
import * as v from 'valibot';
import type { Deletion, ParsedEvent } from './delete-cluster.ts';

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
  v.object({ kind: v.literal('sweep'), trigger: v.picklist(['schedule', 'ladder']), ...TARGET }),
  v.object({ kind: v.literal('deletion'), ...TARGET, cluster: CLUSTER, principal: maybe, at: v.pipe(v.string(), v.isoTimestamp()) }),
]);

/** A region to audit, because it is time or because a follow-up is due. */
export interface SweepMessage {
  kind: 'sweep';
  trigger: 'schedule' | 'ladder';
  accountId: string;
  region: string;
}

/** A deletion to warn of and to follow. */
export interface DeletionMessage extends Deletion {
  kind: 'deletion';
}

export type AuditMessage = SweepMessage | DeletionMessage;

/** The message in a queue record's body, or why it is none. */
export function parseAuditMessage(body: string): ParsedEvent<AuditMessage> {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return { ok: false, reason: 'the message is not JSON' };
  }
  const parsed = v.safeParse(MESSAGE, json);
  if (!parsed.success) {
    return { ok: false, reason: parsed.issues.map((issue) => `${v.getDotPath(issue) ?? 'the message'}: ${issue.message}`).join('; ') };
  }
  if (parsed.output.kind === 'sweep') return { ok: true, value: parsed.output };
  const { arn, createdAt, vpcId, clusterSecurityGroupId, roleArn, ...known } = parsed.output.cluster;
  const cluster = { ...known, arn, createdAt, vpcId, clusterSecurityGroupId, roleArn };
  return { ok: true, value: { ...parsed.output, cluster, principal: parsed.output.principal } };
}
