// The published contract of `history --format json`: only what is named here leaves the program.
import type { Target } from '../../model/finding.ts';
import type { AcceptedOf, Clicked, Decided, Deleted, History, Planned } from './history-model.ts';
import { proposedPlanFields } from './proposed-machine.ts';

const targetFields = ({ accountId, region }: Target) => ({ accountId, region });

const deletedFields = ({ target, record }: Deleted) => ({
  target: targetFields(target),
  interfaceId: record.interfaceId,
  cluster: record.cluster,
  findingId: record.findingId,
  digest: record.digest,
  status: record.status,
  at: record.at,
  by: record.by,
  says: record.says,
  worker: record.lease.by,
  leaseUntil: record.lease.until,
  proof: record.proof.map(({ point, outcome, says }) => ({ point, outcome, says })),
  interface: record.interface ?? null,
});

const plannedFields = ({ target, plan }: Planned) => ({ target: targetFields(target), ...proposedPlanFields(plan) });

const decidedFields = ({ target, decision: { at, verdict, plan, accepted, by, via, says } }: Decided) => ({
  target: targetFields(target),
  at,
  verdict,
  plan,
  accepted,
  by,
  via,
  says,
});

const acceptedFields = ({ target, acceptance: { at, findingId, by, owner, reason, until, severity, meaning } }: AcceptedOf) => ({
  target: targetFields(target),
  at,
  findingId,
  by,
  owner,
  reason,
  until,
  severity,
  meaning,
});

const clickedFields = ({ target, click: { at, action, about, accepted, by, says, count } }: Clicked) => ({
  target: targetFields(target),
  at,
  action,
  about,
  accepted,
  by,
  says,
  count,
});

/** Every deletion, plan, decision, acceptance and click with its full record. */
export const historyFields = ({ ledger, deletions, plans, decisions, acceptances, clicks }: History) => ({
  ledger,
  deletions: deletions.map(deletedFields),
  plans: plans.map(plannedFields),
  decisions: decisions.map(decidedFields),
  acceptances: acceptances.map(acceptedFields),
  clicks: clicks.map(clickedFields),
});
