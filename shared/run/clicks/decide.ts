// A click on Approve or Reject: one conditional write on the plan, and only then the queues.
import { count } from '../../content/words.ts';
import type { Target } from '../../domain/finding.ts';
import type { Logger } from '../../domain/log.ts';
import type { Asked as OfMessage } from '../../domain/slack.ts';
import { type DecisionRequest, decidePlan, refuseDecision } from '../../plans/decide-plan.ts';
import type { ProposedPlan } from '../../plans/plan.ts';
import { type Asked, type ClickDeps, mayDecide, notAnApprover, sent, type Worked } from './ports.ts';

type Verdict = DecisionRequest['verdict'];

/** Decides a plan, or says why not. Either way the decision is recorded. */
export async function decideInSlack(
  deps: ClickDeps,
  { click, target, of }: Asked<Extract<OfMessage, { kind: 'plan' }>>,
  verdict: Verdict,
  log: Logger,
): Promise<Worked> {
  const request: DecisionRequest = { target, plan: of.plan, verdict, by: click.by, via: 'slack' };
  const refusal = mayDecide(deps, click) ? whyNot(deps, verdict) : notAnApprover(click);
  if (refusal !== undefined) {
    await refuseDecision(deps, request, refusal);
    return refused(verdict, refusal);
  }
  const answer = await decidePlan(deps, request);
  if (!answer.accepted) return refused(verdict, answer.says);
  const wasSent = await handOver(deps, target, answer.plan, verdict, log);
  return { accepted: true, says: `${told(answer.plan, verdict)}${wasSent ? '' : LATER}` };
}

// Nobody would carry it out, and whoever approved would wait.
const whyNot = ({ askForCleanup }: ClickDeps, verdict: Verdict): string | undefined =>
  verdict === 'approve' && !askForCleanup ? 'this stack deletes nothing: its CLEANUP_MODE is report' : undefined;

// Without a full stop: it may end with a command.
const refused = (verdict: Verdict, says: string): Worked => ({
  accepted: false,
  says: `Not ${verdict === 'approve' ? 'approved' : 'rejected'}: ${says}`,
});

const LATER = ' Not all of it could be handed over at once: the next sweep, within half an hour, does that.';

function told({ id, cluster, plan }: ProposedPlan, verdict: Verdict): string {
  const what = `plan ${id}, ${count(plan.deletions.length, 'interface')} of deleted cluster ${cluster}`;
  return verdict === 'approve'
    ? `You approved ${what}. Each is proven once more before it is deleted, and the message reports the result.`
    : `You rejected ${what}. Nothing of it is deleted.`;
}

/** The decision stands, whatever comes of this. */
async function handOver(deps: ClickDeps, target: Target, { id }: ProposedPlan, verdict: Verdict, log: Logger): Promise<boolean> {
  const works = [sent(deps.askForAudit({ kind: 'publish', ...target }), 'publish', log)];
  if (verdict === 'approve' && deps.askForCleanup)
    works.push(sent(deps.askForCleanup({ kind: 'cleanup', ...target, plan: id }), 'cleanup', log));
  return (await Promise.all(works)).every((each) => each);
}
