// The published contract of `history --format json`: only what is named here leaves the program.
import type { Target } from '../../../shared/model/finding.ts';
import { SCHEMA_VERSION, toJson } from '../json.ts';
import { proposedPlanJson } from '../plans/json.ts';
import type { AcceptedOf, Clicked, Decided, Deleted, History, Planned } from './history.ts';

const targetJson = ({ accountId, region }: Target) => ({ accountId, region });

const deletedJson = ({ target, record }: Deleted) => ({
  target: targetJson(target),
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

const plannedJson = ({ target, plan }: Planned) => ({ target: targetJson(target), ...proposedPlanJson(plan) });

const decidedJson = ({ target, decision: { at, verdict, plan, accepted, by, via, says } }: Decided) => ({
  target: targetJson(target),
  at,
  verdict,
  plan,
  accepted,
  by,
  via,
  says,
});

const acceptedJson = ({ target, acceptance: { at, findingId, by, owner, reason, until, severity, meaning } }: AcceptedOf) => ({
  target: targetJson(target),
  at,
  findingId,
  by,
  owner,
  reason,
  until,
  severity,
  meaning,
});

const clickedJson = ({ target, click: { at, action, about, accepted, by, says, count } }: Clicked) => ({
  target: targetJson(target),
  at,
  action,
  about,
  accepted,
  by,
  says,
  count,
});

/** Every deletion, plan, decision, acceptance and click with its full record. */
export const historyJson = ({ ledger, deletions, plans, decisions, acceptances, clicks }: History): string =>
  toJson({
    schemaVersion: SCHEMA_VERSION,
    ledger,
    deletions: deletions.map(deletedJson),
    plans: plans.map(plannedJson),
    decisions: decisions.map(decidedJson),
    acceptances: acceptances.map(acceptedJson),
    clicks: clicks.map(clickedJson),
  });
