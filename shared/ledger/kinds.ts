import { CHANGE, CHANGE_NOTICE, JUDGING } from '../changes/record.ts';
import { CLICK, SLACK_MESSAGE } from '../channels/slack/record.ts';
import { DAILY, WATCH } from '../digests/record.ts';
import { ACCEPTANCE, FINDING, LIST_READ, SIGHTING } from '../findings/record.ts';
import { DECISION, DELETION, PLAN } from '../plans/record.ts';
import { TEARDOWN } from '../teardowns/record.ts';

/** Every kind of record that a ledger holds. */
export const KINDS = [
  SIGHTING,
  LIST_READ,
  FINDING,
  ACCEPTANCE,
  TEARDOWN,
  PLAN,
  DECISION,
  DELETION,
  CHANGE,
  CHANGE_NOTICE,
  JUDGING,
  WATCH,
  DAILY,
  SLACK_MESSAGE,
  CLICK,
] as const;
