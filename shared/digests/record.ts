import { defineKind } from '../ledger/kind.ts';
import { DAILY_STATE, type DailyState, WATCH as WATCH_STATE, type Watch } from './digest.ts';

/** What is kept of a region's audits. */
export const WATCH = defineKind<Watch, 'watch'>({ name: 'watch', schema: WATCH_STATE });

export const DAILY = defineKind<DailyState, 'daily'>({
  name: 'daily',
  schema: DAILY_STATE,
  announce: (_, { digest }) => ({ kind: 'daily', id: `daily/${digest.at}`, at: digest.at, digest }),
});
