import type { Announcement } from '../../content/announcement.ts';
import type { Target } from '../../domain/finding.ts';
import type { LedgerRecord } from '../../ledger/store.ts';
import type { PlanEvent, ProposedPlan } from '../../plans/plan.ts';
import { aboutOf } from '../../render/announced.ts';
import { messageId, type StoredMessage } from './message-store.ts';

/**
 * What messages about plans do not say, although it is pending nowhere. Where another plan takes a plan's place, people hear of that one
 * only; and a digest that they were asked about once is not announced again when it waits in another round. Here the old message would
 * go on to offer buttons that do nothing, or none where something waits, so this is said as well, below it.
 */
export function unannouncedPlans(
  records: readonly LedgerRecord[],
  messages: ReadonlyMap<string, StoredMessage>,
  pendingNow: readonly Announcement[],
  { publisher, target, at }: { publisher: string; target: Target; at: Date },
): Announcement[] {
  const isPending = new Set(pendingNow.map(aboutOf));
  return records.flatMap(({ key, body }): Announcement[] => {
    if (body.kind !== 'plan') return [];
    const { plan, pending } = body.state;
    const message = messages.get(messageId(key))?.message;
    const event = eventOf(plan);
    if (!event || (message?.ts === undefined && !isPending.has(key))) return [];
    // Noted after this round began: the next one says it.
    if (pending.some((each) => each.plan === plan.id && each.event === event && each.recipients.includes(publisher))) return [];
    const id = `plan/${plan.id}#${event}`;
    // With its own time where it was announced, without one where only the message says it.
    if ([...pendingNow.map((each) => each.id), ...(message?.announced ?? [])].some((each) => each.startsWith(id))) return [];
    const notice = { plan: plan.id, event, at: at.toISOString(), says: plan.says } as const;
    return [{ kind: 'plan', id, target, notice, plan }];
  });
}

function eventOf({ status }: ProposedPlan): PlanEvent | undefined {
  if (status === 'waiting') return 'proposed';
  return status === 'superseded' ? status : undefined;
}
