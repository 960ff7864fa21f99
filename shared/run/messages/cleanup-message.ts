// What is put on the cleanup queue. It names a plan and says nothing of what is in it: that, and whether somebody approved it, is in the
// ledger, so that a message that anybody made up deletes nothing.
import * as v from 'valibot';
import type { Of } from '../../domain/values.ts';
import type { ParsedEvent } from '../../teardowns/delete-cluster-event.ts';
import { parseBody, TARGET } from './message-body.ts';

/** A plan to carry out, or to go on with. */
const MESSAGE = v.object({
  kind: v.literal('cleanup'),
  ...TARGET,
  plan: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}(-[1-9]\d{0,5})?$/, 'is no plan')),
});
export type CleanupMessage = Of<typeof MESSAGE>;

/** The message in a queue record's body, or why it is none. */
export const parseCleanupMessage = (body: string): ParsedEvent<CleanupMessage> => parseBody(MESSAGE, body);
