// The contract that scripts rely on, of a plan in `audit`, `history`, `approve` and `reject`. strictObject: a field too many is a leak.
import * as v from 'valibot';

const at = v.pipe(v.string(), v.isoTimestamp());

export const PLAN_ENTRIES = {
  id: v.string(),
  round: v.number(),
  digest: v.string(),
  cluster: v.string(),
  status: v.picklist(['waiting', 'approved', 'running', 'done', 'rejected', 'expired', 'superseded']),
  says: v.string(),
  proposedAt: at,
  expiresAt: at,
  ledger: v.string(),
  decision: v.nullable(
    v.strictObject({ verdict: v.picklist(['approve', 'reject']), by: v.string(), via: v.picklist(['cli', 'slack', 'auto']), at }),
  ),
  run: v.nullable(v.strictObject({ worker: v.string(), startedAt: at, leaseUntil: at })),
  result: v.nullable(
    v.strictObject({
      at,
      outcomes: v.array(
        v.strictObject({
          interfaceId: v.string(),
          status: v.picklist(['deleted', 'already-gone', 'refused', 'failed', 'left']),
          guard: v.optional(v.string()),
          says: v.string(),
        }),
      ),
      stop: v.nullable(v.strictObject({ why: v.string(), says: v.string() })),
    }),
  ),
  deletions: v.array(
    v.strictObject({
      interfaceId: v.string(),
      cluster: v.string(),
      findingId: v.string(),
      fingerprint: v.string(),
      since: v.string(),
      addresses: v.array(v.string()),
      proof: v.array(v.strictObject({ point: v.string(), outcome: v.string(), says: v.string() })),
    }),
  ),
  refusals: v.array(v.strictObject({ interfaceId: v.string(), cluster: v.nullable(v.string()), guard: v.string(), reason: v.string() })),
  unblocks: v.array(v.strictObject({ subject: v.strictObject({ type: v.string(), id: v.string() }), summary: v.string() })),
};

export const PLAN = v.strictObject(PLAN_ENTRIES);

export const DECISION = v.strictObject({
  schemaVersion: v.literal(1),
  accepted: v.boolean(),
  plan: v.nullable(PLAN),
  says: v.string(),
});
