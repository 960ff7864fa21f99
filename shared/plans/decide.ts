import type { Decision, PlanState, ProposedPlan } from './plan.ts';

export type Decided = { accepted: true; state: PlanState; says: string } | { accepted: false; state?: undefined; says: string };

/** What a decision makes of a plan, or why it is refused. `id` is the plan as it was named. */
export function decide(state: PlanState | undefined, id: string, decision: Decision): Decided {
  const refusal = state ? whyNot(state.plan, id, decision) : `there is no plan ${id}`;
  if (refusal !== undefined || !state) return { accepted: false, says: refusal ?? '' };
  const { verdict, by, at } = decision;
  const event = verdict === 'approve' ? 'approved' : 'rejected';
  const says = `${event} by ${by}`;
  const plan: ProposedPlan = { ...state.plan, status: event, decision, says };
  const notice = { plan: plan.id, event, at, says, recipients: plan.publishers } as const;
  return { accepted: true, says, state: { plan, pending: plan.publishers.length > 0 ? [...state.pending, notice] : state.pending } };
}

/**
 * An approval is for one round of one digest that still waits; a rejection may also take back an approval that nobody began to carry out.
 * Not by a click: two people at once, or one of them twice, are not to undo each other, and the buttons are gone with the first answer.
 */
function whyNot(
  { id, status, says, expiresAt, decision: before, run, result }: ProposedPlan,
  named: string,
  decision: Decision,
): string | undefined {
  if (named !== id) return `plan ${named} is over; the same orphans were proven again, and wait as plan ${id} (${status})`;
  const isLate = Date.parse(decision.at) >= Date.parse(expiresAt);
  switch (status) {
    case 'waiting':
      return isLate ? `plan ${id} expired at ${expiresAt}` : undefined;
    case 'approved': {
      const already = `plan ${id} was already approved by ${before?.by} at ${before?.at}`;
      if (decision.verdict === 'approve') return already;
      return decision.via === 'slack' ? `${already}; to take it back: sgp-warden reject ${id}` : undefined;
    }
    case 'running':
      return `plan ${id} is consumed: it is being carried out since ${run?.startedAt}`;
    case 'done':
      return `plan ${id} is consumed: it was carried out at ${result?.at}`;
    case 'rejected':
      return `plan ${id} was rejected by ${before?.by} at ${before?.at}`;
    case 'expired':
      return `plan ${id} expired: ${says}`;
    case 'superseded':
      return `plan ${id} is void: ${says}`;
  }
}
