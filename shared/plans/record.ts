// A plan is what somebody approves: what is read back must be exactly what was written, or nothing is carried out.
import * as v from 'valibot';
import { defineKind } from '../ledger/kind.ts';
import { LEASE, type Stored, TEXT, TIME, wholeFrom } from '../ledger/values.ts';
import type { DeletionRecord, Plan, PlannedDeletion, Stop } from '../model/cleanup.ts';
import { type DecisionRecord, digestOfPlan, isOpenPlan, type PlanResult, type PlanState, type ProposedPlan } from '../model/plan.ts';

// Who approved what, and what came of it, is asked in audits of the year.
const ENDED_DAYS = 400;

const DIGEST = v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/));

/** One point of a proof. */
const POINT = v.object({
  point: TEXT,
  outcome: v.picklist(['holds', 'fails', 'waits', 'undecidable', 'unread']),
  says: v.string(),
});

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

const DELETIONS: v.GenericSchema<Stored<Plan>> = v.object({
  target: v.object({ accountId: TEXT, region: TEXT }),
  createdAt: TIME,
  digest: DIGEST,
  deletions: v.array(PLANNED),
  refusals: v.array(v.object({ interfaceId: TEXT, cluster: v.nullable(v.string()), guard: TEXT, reason: v.string() })),
  unblocks: v.array(v.object({ subject: SUBJECT, summary: v.string() })),
});

const DECIDED = {
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
  plan: DELETIONS,
  status: v.picklist(['waiting', 'approved', 'running', 'done', 'rejected', 'expired', 'superseded']),
  proposedAt: TIME,
  expiresAt: TIME,
  ledger: TEXT,
  publishers: v.array(TEXT),
  announced: v.boolean(),
  decision: v.exactOptional(v.object(DECIDED)),
  run: v.exactOptional(v.object({ ...LEASE, startedAt: TIME })),
  result: v.exactOptional(RESULT),
  says: v.string(),
});

const EVENTS = ['proposed', 'approved', 'rejected', 'expired', 'superseded', 'finished'] as const;

const PLAN_STATE: v.GenericSchema<Stored<PlanState>> = v.object({
  plan: PROPOSED,
  pending: v.array(v.object({ plan: TEXT, event: v.picklist(EVENTS), at: TIME, says: v.string(), recipients: v.array(v.string()) })),
});

const DECISION_RECORD: v.GenericSchema<DecisionRecord> = v.object({
  ...DECIDED,
  id: TEXT,
  plan: v.string(),
  accepted: v.boolean(),
  says: v.string(),
});

const DELETION_RECORD: v.GenericSchema<Stored<DeletionRecord>> = v.object({
  interfaceId: TEXT,
  cluster: v.string(),
  findingId: TEXT,
  digest: TEXT,
  status: v.picklist(['claimed', 'deleting', 'deleted', 'already-gone', 'refused', 'failed']),
  lease: v.object(LEASE),
  by: v.string(),
  at: TIME,
  proof: v.array(POINT),
  // As EC2 described it, whatever that was.
  interface: v.optional(v.record(v.string(), v.unknown())),
  says: v.string(),
});

/** A plan in all its rounds, so that it is announced once. */
export const PLAN = defineKind<PlanState, 'plan'>({
  name: 'plan',
  schema: PLAN_STATE,
  id: ({ plan }) => digestOfPlan(plan.id),
  // As long as its orphans are there, a rejection is an answer that is not asked for again.
  keepDays: ({ plan: { status }, pending }) => (pending.length > 0 || isOpenPlan(status) || status === 'rejected' ? undefined : ENDED_DAYS),
  announce: ({ plan }, { recipients: _, ...notice }) => {
    const { plan: id, event, at } = notice;
    return { kind: 'plan', id: `plan/${id}#${event}#${at}`, at, notice, plan };
  },
});

/** The key of a plan, by its id in any round. */
export const planKey = (id: string): string => PLAN.key(digestOfPlan(id));

/** Decisions lie in the order of time. */
export const DECISION = defineKind<DecisionRecord, 'decision'>({
  name: 'decision',
  schema: DECISION_RECORD,
  id: ({ at, id }) => `${at}/${id}`,
  keepDays: () => ENDED_DAYS,
});

/** EC2 never gives an id twice. */
export const DELETION = defineKind<DeletionRecord, 'deletion'>({
  name: 'deletion',
  schema: DELETION_RECORD,
  id: ({ interfaceId }) => interfaceId,
});
