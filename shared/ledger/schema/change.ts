import * as v from 'valibot';
import type { ChangeNotice, ChangeNoticeState, ChangeState, Judging, PathNews } from '../../model/change.ts';
import { SEVERITIES } from '../../model/verdict.ts';
import { CHANGE } from '../../runtime/change-schema.ts';
import { TEXT, TIME, wholeFrom } from './values.ts';

const COUNT = wholeFrom(0);
const REMEDY = v.object({ summary: v.string(), commands: v.array(v.string()) });

export const CHANGE_STATE: v.GenericSchema<ChangeState> = v.object({
  change: CHANGE,
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
  changes: v.array(v.object({ change: CHANGE, who: v.string(), says: v.string(), undo: REMEDY })),
  moreChanges: COUNT,
  lost: v.array(NEWS),
  regained: v.array(NEWS),
});

export const CHANGE_NOTICE_STATE: v.GenericSchema<ChangeNoticeState> = v.object({
  notice: NOTICE,
  pending: v.array(v.object({ owedTo: v.array(v.string()) })),
});

export const JUDGING: v.GenericSchema<Judging> = v.object({ since: TIME, leaseUntil: TIME });
