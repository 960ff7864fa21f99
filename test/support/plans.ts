import type { Plan } from '../../shared/plans/deletion.ts';
import type { Decision, DecisionRecord, PlanOutcome, PlanResult, ProposedPlan } from '../../shared/plans/plan.ts';
import { plan, planned, refused } from './cleanup-reports.ts';
import { eniId, NEWEST } from './reports.ts';

export const PLAN_ID = '0123456789abcdef';
export const EXPIRES = '2026-11-21T18:35:00.000Z';
export const ALICE = 'arn:aws:sts::111122223333:assumed-role/Operator/alice';

const unblocked: Plan['unblocks'][number] = {
  subject: { type: 'security-group', id: 'sg-0bbbbbbbbbbbbbbb1' },
  summary:
    'only 6 orphaned interfaces keep security group sg-0bbbbbbbbbbbbbbb1 (checkout-pods) from being deleted; 6 addresses come back with them',
};

const orphans = (n: number) => Array.from({ length: n }, (_, index) => planned(index + 1, { cluster: 'checkout' }));

/** A plan for so many orphans of checkout, which waits for an approval; two of its interfaces stay. */
export const proposed = ({ n = 6, ...parts }: Partial<ProposedPlan> & { n?: number } = {}): ProposedPlan => ({
  id: PLAN_ID,
  round: 1,
  cluster: 'checkout',
  plan: plan({
    deletions: orphans(n),
    refusals: [refused(41, 'seen-twice', { cluster: 'checkout' }), refused(42, 'not-excluded', { cluster: 'checkout' })],
    unblocks: [unblocked],
  }),
  status: 'waiting',
  proposedAt: NEWEST,
  expiresAt: EXPIRES,
  ledger: 'dynamodb:sgp-warden-ledger@eu-west-1',
  publishers: ['sns'],
  announced: true,
  says: 'waits for an approval',
  ...parts,
});

export const decision = (parts: Partial<Decision> = {}): Decision => ({
  verdict: 'approve',
  by: ALICE,
  via: 'cli',
  at: '2026-11-20T18:50:00.000Z',
  ...parts,
});

export const planOutcome = (n: number, parts: Partial<PlanOutcome> = {}): PlanOutcome => ({
  interfaceId: eniId(n),
  status: 'deleted',
  says: 'deleted',
  ...parts,
});

/** What came of it: all of it deleted, unless told otherwise. */
export const result = (parts: Partial<PlanResult> = {}): PlanResult => ({
  at: '2026-11-20T19:05:00.000Z',
  outcomes: [1, 2, 3, 4, 5, 6].map((n) => planOutcome(n)),
  stop: undefined,
  ...parts,
});

const denied = 'missing permission ec2:DeleteNetworkInterface: UnauthorizedOperation: not allowed';

/** Of six, one deleted, one gone before, one refused, one failed, which stopped it; two left. */
export const stopped = (): PlanResult =>
  result({
    outcomes: [
      planOutcome(1),
      planOutcome(2, { status: 'already-gone', says: 'already gone before it was asked for: not deleted by us' }),
      planOutcome(3, { status: 'refused', guard: 'cluster-gone', says: 'cluster checkout is ACTIVE' }),
      planOutcome(4, { status: 'failed', says: denied }),
      planOutcome(5, { status: 'left', says: 'not touched' }),
      planOutcome(6, { status: 'left', says: 'not touched' }),
    ],
    stop: { why: 'denied', says: denied },
  });

export const decisionRecord = (parts: Partial<DecisionRecord> = {}): DecisionRecord => ({
  ...decision(),
  id: 'decision-1',
  plan: PLAN_ID,
  accepted: true,
  says: 'approved',
  ...parts,
});
