import * as v from 'valibot';
import { defineKind } from '../ledger/kind.ts';
import { LEASE, TEXT, TIME, wholeFrom } from '../ledger/values.ts';
import type { ChangeNotice, ChangeNoticeState, ChangeState, PathNews } from '../model/change.ts';
import type { SharedLease } from '../model/lease.ts';
import { SEVERITIES } from '../model/verdict.ts';
import { CHANGE as CHANGE_SCHEMA } from '../runtime/change-schema.ts';

// EventBridge delivers again for a day at most. A region may see thousands of changes, and every run reads what is kept.
const JUDGED_DAYS = 2;
const NOTICE_DAYS = 30;

const COUNT = wholeFrom(0);
const REMEDY = v.object({ summary: v.string(), commands: v.array(v.string()) });

const CHANGE_STATE: v.GenericSchema<ChangeState> = v.object({
  change: CHANGE_SCHEMA,
  status: v.picklist(['pending', 'judged']),
  receivedAt: TIME,
  judgedAt: v.nullable(TIME),
  says: v.string(),
});

const NEWS: v.GenericSchema<PathNews> = v.object({
  findingId: TEXT,
  ruleId: TEXT,
  severity: v.picklist(SEVERITIES),
  setId: TEXT,
  pods: COUNT,
  interfaces: v.array(TEXT),
  says: v.string(),
  fix: v.nullable(REMEDY),
});

const NOTICE: v.GenericSchema<ChangeNotice> = v.object({
  id: TEXT,
  at: TIME,
  cluster: TEXT,
  changes: v.array(v.object({ change: CHANGE_SCHEMA, who: v.string(), says: v.string(), undo: REMEDY })),
  moreChanges: COUNT,
  lost: v.array(NEWS),
  regained: v.array(NEWS),
});

const CHANGE_NOTICE_STATE: v.GenericSchema<ChangeNoticeState> = v.object({
  notice: NOTICE,
  pending: v.array(v.object({ recipients: v.array(v.string()) })),
});

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
  schema: v.object({ ...LEASE, turn: wholeFrom(1), wanted: v.exactOptional(v.literal(true)) }),
});
