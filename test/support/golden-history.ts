import type { History } from '../../shared/plans/report/history-model.ts';
import { ACCEPTED } from './acceptances.ts';
import { deletionRecord, rawInterface } from './cleanup-reports.ts';
import { clickRecord } from './clicks.ts';
import { ALICE, decision, decisionRecord, PLAN_ID, proposed, result } from './plans.ts';
import { TARGET } from './reports.ts';

const FRIDAY = '2026-11-20T18:40:00.000Z';
const LATER = '2026-11-21T09:12:00.000Z';
const bob = { digest: 'fedcba9876543210', by: 'arn:aws:iam::111122223333:user/bob', at: LATER };

/** Two plans by two people in one region, and one deletion in another, whose answer nobody knows yet; what the stack proposed, and who answered. */
export const history = (): History => ({
  ledger: 'warden.json',
  deletions: [
    { target: TARGET, record: deletionRecord(9, { ...bob, status: 'refused', says: 'cluster payments is ACTIVE' }) },
    {
      target: TARGET,
      record: deletionRecord(8, { ...bob, status: 'already-gone', says: 'already gone before it was asked for: not deleted by us' }),
    },
    {
      target: TARGET,
      record: deletionRecord(1, {
        at: FRIDAY,
        interface: rawInterface(1, {
          TagSet: [
            { Key: 'kubernetes.io/cluster/payments', Value: 'owned' },
            { Key: 'aws:cloudformation:stack-name', Value: 's' },
          ],
        }),
      }),
    },
    { target: TARGET, record: deletionRecord(2, { at: FRIDAY }) },
    {
      target: { ...TARGET, region: 'us-east-1' },
      record: deletionRecord(3, { at: FRIDAY, status: 'deleting', says: 'about to be deleted' }),
    },
  ],
  plans: [
    { target: TARGET, plan: proposed({ id: 'fedcba9876543210', proposedAt: LATER, expiresAt: '2026-11-22T09:12:00.000Z' }) },
    { target: TARGET, plan: proposed({ status: 'done', says: '6 deleted', decision: decision(), result: result() }) },
  ],
  decisions: [
    {
      target: TARGET,
      decision: decisionRecord({
        at: LATER,
        accepted: false,
        by: bob.by,
        says: `plan ${PLAN_ID} is consumed: it was carried out at 2026-11-20T19:05:00.000Z`,
      }),
    },
    { target: TARGET, decision: decisionRecord({ says: `approved by ${ALICE}` }) },
  ],
  acceptances: [{ target: TARGET, acceptance: { ...ACCEPTED, at: LATER } }],
  clicks: [
    { target: TARGET, click: clickRecord({ at: LATER, action: 'evidence', about: PLAN_ID, says: 'the evidence was asked for' }) },
    {
      target: TARGET,
      click: clickRecord({
        ...{ id: '2026-11-20/forged', by: '-', action: 'unknown', about: '-', accepted: false, count: 3 },
        says: 'the signature is not that of the signing secret',
      }),
    },
  ],
});
