import { messageOf } from '../../aws/errors.ts';
import type { Logger } from '../../domain/log.ts';

/** A record of a queue. */
export interface QueueRecord {
  id: string;
  body: string;
}

/** Works a batch one message after the other, and names the ones that must come again. A message that is none is acknowledged. */
export async function workMessages<M>(
  name: string,
  records: readonly QueueRecord[],
  parse: (body: string) => { ok: true; value: M } | { ok: false; reason: string },
  work: (message: M, log: Logger) => Promise<void>,
  log: Logger,
): Promise<{ batchItemFailures: { itemIdentifier: string }[] }> {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const { id, body } of records) {
    const parsed = parse(body);
    if (!parsed.ok) {
      log.warn('message ignored', { messageId: id, reason: parsed.reason });
      log.count('BadEvents');
      continue;
    }
    try {
      await work(parsed.value, log.child({ messageId: id }));
    } catch (error) {
      log.error('message failed and comes again', { messageId: id, reason: messageOf(error) });
      log.count('RunFailures', { function: name });
      batchItemFailures.push({ itemIdentifier: id });
    }
  }
  return { batchItemFailures };
}
