// The published contract of `history --format json`: only what is named here leaves the program.
import { only } from '../../content/only.ts';
import type { Target } from '../../domain/finding.ts';
import type { Deleted, History } from './history-model.ts';
import { proofFields } from './machine.ts';
import { proposedPlanFields } from './proposed-machine.ts';

const at = (target: Target) => ({ target: only(target, 'accountId', 'region') });

const deletedFields = ({ target, record }: Deleted) => ({
  ...at(target),
  ...only(record, 'interfaceId', 'cluster', 'findingId', 'digest', 'status', 'at', 'by', 'says'),
  worker: record.lease.by,
  leaseUntil: record.lease.until,
  proof: proofFields(record.proof),
  interface: record.interface ?? null,
});

/** Every deletion, plan, decision, acceptance and click with its full record. */
export const historyFields = ({ ledger, deletions, plans, decisions, acceptances, clicks }: History) => ({
  ledger,
  deletions: deletions.map(deletedFields),
  plans: plans.map(({ target, plan }) => ({ ...at(target), ...proposedPlanFields(plan) })),
  decisions: decisions.map(({ target, decision }) => ({
    ...at(target),
    ...only(decision, 'at', 'verdict', 'plan', 'accepted', 'by', 'via', 'says'),
  })),
  acceptances: acceptances.map(({ target, acceptance }) => ({
    ...at(target),
    ...only(acceptance, 'at', 'findingId', 'by', 'owner', 'reason', 'until', 'severity', 'meaning'),
  })),
  clicks: clicks.map(({ target, click }) => ({
    ...at(target),
    ...only(click, 'at', 'action', 'about', 'accepted', 'by', 'says', 'count'),
  })),
});
