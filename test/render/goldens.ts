import type { Announcement } from '../../shared/content/announcement.ts';
import { leftover } from '../support/leftovers.ts';
import { ALICE, decision, EXPIRES, PLAN_ID, planOutcome, proposed, result, stopped } from '../support/plans.ts';
import { eniId } from '../support/reports.ts';
import {
  acceptedSet,
  backAgain,
  causedBy,
  certified,
  cutOff,
  endOfAcceptance,
  fullDay,
  gone,
  inUseAgain,
  leak,
  leftBehind,
  many,
  orphan,
  pin,
  superseded,
  suspect,
  today,
  told,
  toldPlan,
  unread,
  warned,
} from './announcements.ts';

/** A golden of each kind of message, for forms that differ little within a kind. */
export const ONE_OF_EACH = [
  'changed-to-orphan',
  'certificate-leftovers',
  'change-lost',
  'warning',
  'plan-proposed',
  'plan-finished-badly',
  'digest',
  'daily-full',
];

const refused = 'ec2:DeleteNetworkInterface failed: UnauthorizedOperation';

/** Every kind of message, by the name of the file that says how it reads. */
export const GOLDENS: Readonly<Record<string, readonly Announcement[]>> = {
  'opened-suspect': [suspect()],
  'changed-to-orphan': [orphan()],
  'resolved-gone': [gone()],
  'resolved-in-use-again': [inUseAgain()],
  'coverage-gap': [unread()],
  pinned: [pin()],
  leaked: [leak()],
  'cleanup-failed': [told('cleanup-failed', leftover(1), { says: `${eniId(1)} could not be deleted`, details: refused })],
  'certificate-clean': [certified()],
  'certificate-leftovers': [leftBehind()],
  'certificate-superseded': [superseded()],
  'change-lost': [cutOff()],
  'change-regained': [backAgain()],
  'opened-with-cause': [causedBy('alice')],
  warning: [warned()],
  'warning-unread': [
    warned({
      branchesInUse: 0,
      branchesAvailable: 0,
      says: 'Cluster payments is being deleted; how many branch interfaces it leaves behind could not be read (denied).',
    }),
  ],
  'plan-proposed': [toldPlan('proposed', proposed())],
  'plan-proposed-many': [
    toldPlan('proposed', proposed({ n: 1_000, says: 'waits for an approval, in place of plan fedcba9876543210: the world changed' })),
  ],
  'plan-proposed-too-late': [toldPlan('proposed', proposed({ status: 'approved', decision: decision(), says: 'approved' }))],
  'plan-approved': [toldPlan('approved', proposed({ status: 'approved', decision: decision(), says: `approved by ${ALICE}` }))],
  'plan-rejected': [
    toldPlan('rejected', proposed({ status: 'rejected', decision: decision({ verdict: 'reject' }), says: `rejected by ${ALICE}` })),
  ],
  'plan-expired': [
    toldPlan('expired', proposed({ id: '0123456789abcdef-2', round: 2 }), { plan: PLAN_ID, says: `nobody approved it until ${EXPIRES}` }),
  ],
  'plan-superseded': [
    toldPlan(
      'superseded',
      proposed({ status: 'superseded', says: 'the world changed: none of its interfaces is a deletable orphan any more' }),
    ),
  ],
  'plan-finished': [toldPlan('finished', proposed({ status: 'done', decision: decision(), result: result(), says: 'all 6 are gone' }))],
  'plan-finished-badly': [
    toldPlan('finished', proposed({ status: 'done', decision: decision(), result: stopped(), says: 'stopped after 4 of 6' })),
  ],
  'plan-finished-refused': [
    toldPlan(
      'finished',
      proposed({
        n: 2,
        status: 'done',
        decision: decision({ by: 'CLEANUP_MODE=auto', via: 'auto' }),
        result: result({
          outcomes: [planOutcome(1), planOutcome(2, { status: 'refused', guard: 'cluster-gone', says: 'cluster checkout is ACTIVE' })],
        }),
        says: '1 deleted, 1 refused',
      }),
    ),
  ],
  'plan-finished-again': [
    toldPlan('finished', proposed({ id: '0123456789abcdef-2', round: 2 }), { plan: PLAN_ID, says: 'stopped after 4 of 6' }),
  ],
  'digest-with-plans': [
    ...many(12),
    ...Array.from({ length: 2 }, (_, n) => toldPlan('proposed', proposed({ id: `0123456789abcde${n}`, cluster: `blue-${n}` }))),
    toldPlan('finished', proposed({ status: 'done', result: result() })),
  ],
  digest: [...many(14, 3), unread()],
  'daily-full': [fullDay()],
  'daily-quiet': [today()],
  suppressed: [acceptedSet()],
  'accepted-no-more': [endOfAcceptance()],
};
