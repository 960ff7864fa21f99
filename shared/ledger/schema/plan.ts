// A plan is what somebody approves: what is read back must be exactly what was written, or nothing is carried out.
import * as v from 'valibot';
import type { Plan, PlannedDeletion, Stop } from '../../model/cleanup.ts';
import type { PlanState } from '../../model/ledger.ts';
import type { DecisionRecord, PlanResult, ProposedPlan } from '../../model/plan.ts';
import { POINT } from './deletion.ts';
import { type Stored, TEXT, TIME, wholeFrom } from './values.ts';

const DIGEST = v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/));

const PLANNED: v.GenericSchema<Stored<PlannedDeletion>> = v.object({
  interfaceId: TEXT,
  cluster: TEXT,
  findingId: TEXT,
  fingerprint: TEXT,
  since: TIME,
  addresses: v.array(TEXT),
  owners: v.object({ clusters: v.array(v.string()), trunk: v.optional(v.string()), instance: v.optional(v.string()) }),
  proof: v.array(POINT),
});

// What pinned-by-orphans finds.
const SUBJECT = v.object({ type: v.picklist(['security-group', 'subnet', 'vpc']), id: v.string() });

const PLAN: v.GenericSchema<Stored<Plan>> = v.object({
  target: v.object({ accountId: TEXT, region: TEXT }),
  createdAt: TIME,
  digest: DIGEST,
  deletions: v.array(PLANNED),
  refusals: v.array(v.object({ interfaceId: TEXT, cluster: v.nullable(v.string()), guard: TEXT, reason: v.string() })),
  unblocks: v.array(v.object({ subject: SUBJECT, summary: v.string() })),
});

const DECISION = {
  verdict: v.picklist(['approve', 'reject']),
  by: TEXT,
  via: v.picklist(['cli', 'slack', 'auto']),
  at: TIME,
} as const;

const STOP: v.GenericSchema<Stop> = v.object({
  why: v.picklist(['denied', 'error', 'throttled', 'unverified', 'time', 'interrupted']),
  says: v.string(),
});

const RESULT: v.GenericSchema<Stored<PlanResult>> = v.object({
  at: TIME,
  outcomes: v.array(
    v.object({
      interfaceId: TEXT,
      status: v.picklist(['deleted', 'already-gone', 'refused', 'failed', 'left']),
      guard: v.exactOptional(TEXT),
      says: v.string(),
    }),
  ),
  stop: v.optional(STOP),
});

const PROPOSED: v.GenericSchema<Stored<ProposedPlan>> = v.object({
  id: TEXT,
  round: wholeFrom(1),
  cluster: TEXT,
  plan: PLAN,
  status: v.picklist(['waiting', 'approved', 'running', 'done', 'rejected', 'expired', 'superseded']),
  proposedAt: TIME,
  expiresAt: TIME,
  ledger: TEXT,
  publishers: v.array(TEXT),
  announced: v.boolean(),
  decision: v.exactOptional(v.object(DECISION)),
  run: v.exactOptional(v.object({ worker: TEXT, startedAt: TIME, leaseUntil: TIME })),
  result: v.exactOptional(RESULT),
  says: v.string(),
});

const EVENTS = ['proposed', 'approved', 'rejected', 'expired', 'superseded', 'finished'] as const;

export const PLAN_STATE: v.GenericSchema<Stored<PlanState>> = v.object({
  plan: PROPOSED,
  pending: v.array(v.object({ plan: TEXT, event: v.picklist(EVENTS), at: TIME, says: v.string(), owedTo: v.array(v.string()) })),
});

export const DECISION_RECORD: v.GenericSchema<DecisionRecord> = v.object({
  ...DECISION,
  id: TEXT,
  plan: v.string(),
  accepted: v.boolean(),
  says: v.string(),
});
