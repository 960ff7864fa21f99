// What triggers put on the audit queue: the only thing that the worker takes its orders from.
import * as v from 'valibot';
import { CHANGE } from '../../changes/change.ts';
import { type Of, TEXT, TIME } from '../../domain/values.ts';
import type { ParsedEvent } from '../../teardowns/delete-cluster-event.ts';
import { CLUSTER } from '../../teardowns/teardown.ts';
import { parseBody, TARGET } from './message-body.ts';

/**
 * A region to audit, because it is time or because a follow-up is due. `cleanup`: something was deleted, and every follow-up is looked at
 * again, due or not. `click`: somebody snoozed a finding.
 */
const SWEEP = v.object({ kind: v.literal('sweep'), trigger: v.picklist(['schedule', 'ladder', 'cleanup', 'click']), ...TARGET });
export type SweepMessage = Of<typeof SWEEP>;

/** A deletion to warn of and to follow. */
const DELETION = v.object({ kind: v.literal('deletion'), ...TARGET, cluster: CLUSTER, principal: v.optional(TEXT), at: TIME });
export type DeletionMessage = Of<typeof DELETION>;

/**
 * A change of what pods can reach. Each is sent twice: `record` at once, and `judge` a while later, when whoever comes first judges
 * everything that was recorded meanwhile.
 */
const CHANGED = v.object({ kind: v.literal('change'), ...TARGET, step: v.picklist(['record', 'judge']), receivedAt: TIME, change: CHANGE });
export type ChangeMessage = Of<typeof CHANGED>;

/** What is pending is to be sent now: somebody answered in Slack, and looks at the message. */
const PUBLISH = v.object({ kind: v.literal('publish'), ...TARGET });

/** Somebody (`by`) asks for all that is known of what a message in Slack tells; `message` is its id in the ledger. */
const EVIDENCE = v.object({ kind: v.literal('evidence'), ...TARGET, message: v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/)), by: TEXT });
export type EvidenceMessage = Of<typeof EVIDENCE>;

const MESSAGE = v.variant('kind', [SWEEP, DELETION, CHANGED, PUBLISH, EVIDENCE]);
export type AuditMessage = Of<typeof MESSAGE>;

/** The message in a queue record's body, or why it is none. */
export const parseAuditMessage = (body: string): ParsedEvent<AuditMessage> => parseBody(MESSAGE, body);
