import type { Announcement } from '../../model/announcement.ts';
import type { Target } from '../../model/finding.ts';
import { type LedgerRecord, planKey } from '../../model/ledger.ts';
import type { Kept } from './kept.ts';

/**
 * Messages that still ask about a plan whose world changed. Where another plan takes its place, people are told of that one only; here
 * the old message would go on to offer buttons that do nothing, so it is told of as well, below it.
 */
export function voidedPlans(records: readonly LedgerRecord[], kept: ReadonlyMap<string, Kept>, target: Target, at: Date): Announcement[] {
  const plans = new Map(records.flatMap(({ key, body }) => (body.kind === 'plan' ? [[key, body.state.plan] as const] : [])));
  return [...kept.values()].flatMap(({ message: { question, told, ts } }): Announcement[] => {
    const plan = question?.of.kind === 'plan' ? plans.get(planKey(question.of.plan)) : undefined;
    if (plan?.status !== 'superseded' || ts === undefined) return [];
    const id = `plan/${plan.id}#superseded`;
    // With its own time where people were told, without one where only the message was.
    if (told.some((each) => each.startsWith(id))) return [];
    const notice = { plan: plan.id, event: 'superseded', at: at.toISOString(), says: plan.says } as const;
    return [{ kind: 'plan', id, target, notice, plan }];
  });
}
