// What is put on the cleanup queue. It names a plan and says nothing of what is in it: that, and whether somebody approved it, is in the
// ledger, so that a message that anybody made up deletes nothing.
import * as v from 'valibot';
import type { ParsedEvent } from './delete-cluster.ts';
import { parseBody } from './message-body.ts';

const MESSAGE = v.object({
  kind: v.literal('cleanup'),
  accountId: v.pipe(v.string(), v.regex(/^\d{12}$/)),
  region: v.pipe(v.string(), v.nonEmpty()),
  plan: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}(-[1-9]\d{0,5})?$/, 'is no plan')),
});

/** A plan to carry out, or to go on with. */
export interface CleanupMessage {
  kind: 'cleanup';
  accountId: string;
  region: string;
  plan: string;
}

/** The message in a queue record's body, or why it is none. */
export const parseCleanupMessage = (body: string): ParsedEvent<CleanupMessage> => parseBody(MESSAGE, body);
