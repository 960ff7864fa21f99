import { SHARED_LEASE, type SharedLease } from '../domain/lease.ts';
import { defineKind } from '../ledger/kind.ts';
import { CHANGE_NOTICE_STATE, CHANGE_STATE, type ChangeNoticeState, type ChangeState } from './change.ts';

// EventBridge delivers again for a day at most. A region may see thousands of changes, and every run reads what is kept.
const JUDGED_DAYS = 2;
const NOTICE_DAYS = 30;

export const CHANGE = defineKind<ChangeState, 'change'>({
  name: 'change',
  schema: CHANGE_STATE,
  id: ({ change }) => change.id,
  keepDays: ({ status }) => (status === 'judged' ? JUDGED_DAYS : undefined),
});

export const CHANGE_NOTICE = defineKind<ChangeNoticeState, 'change-notice'>({
  name: 'change-notice',
  schema: CHANGE_NOTICE_STATE,
  id: ({ notice }) => notice.id,
  keepDays: ({ pending }) => (pending.length > 0 ? undefined : NOTICE_DAYS),
  announce: ({ notice }) => ({ kind: 'change', id: `change-notice/${notice.id}`, at: notice.at, notice }),
});

/** Who judges the changes of a region. */
export const JUDGING = defineKind<SharedLease, 'judging'>({
  name: 'judging',
  schema: SHARED_LEASE,
});
