// What an event of a changed security group puts on the audit queue.
import { parsePathChange } from '../../changes/event/path-change.ts';
import type { Logger } from '../../domain/log.ts';
import type { Queued } from '../messages/queue.ts';
import { type Home, refuseForeignEvent } from '../triggers.ts';

// A Terraform run changes forty rules within seconds. People are to know within a minute or two.
export const DEBOUNCE_SECONDS = 60;

/**
 * What a change asks for: to be recorded now, and to be judged a minute later together with what came meanwhile. An event that changes no
 * path asks for nothing; one of a foreign account or region throws, so that it ends in the dead letters.
 */
export function changeRequests(event: unknown, home: Home, now: Date, log: Logger): Queued[] {
  const parsed = parsePathChange(event);
  if (parsed.outcome === 'malformed') {
    log.warn('event ignored', { reason: parsed.says });
    log.count('BadEvents');
    return [];
  }
  if (parsed.outcome === 'not-a-change') {
    log.info('not a change of a path', { reason: parsed.says });
    return [];
  }
  const { target, change } = parsed;
  refuseForeignEvent(`a ${change.call}`, target, home, log);
  const message = { kind: 'change', ...target, receivedAt: now.toISOString(), change } as const;
  return [{ message: { ...message, step: 'record' } }, { message: { ...message, step: 'judge' }, delaySeconds: DEBOUNCE_SECONDS }];
}
