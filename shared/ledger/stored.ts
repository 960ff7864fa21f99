// What a stored record must look like before it is believed: a ledger outlives the program that wrote it, and anybody may edit it.
import * as v from 'valibot';
import { wholeFrom } from '../domain/values.ts';
import { type Kind, keyOf } from './kind.ts';
import { KINDS } from './kinds.ts';
import type { LedgerBody, LedgerRecord } from './store.ts';

const BY_NAME: ReadonlyMap<string, Kind> = new Map(KINDS.map((kind) => [kind.name, kind]));

const BODY = v.variant(
  'kind',
  KINDS.map(({ name, schema }) => v.object({ kind: v.literal(name), state: schema })),
);
const RECORD = v.object({ version: wholeFrom(1), body: BODY });

type Unkeyed = Omit<LedgerRecord, 'key'>;
const isUnkeyed = (value: unknown): value is Unkeyed => v.is(RECORD, value);

/** The kind of a body. */
export function kindOf({ kind }: Pick<LedgerBody, 'kind'>): Kind {
  const found = BY_NAME.get(kind);
  if (!found) throw new Error(`no kind of record is called ${kind}`);
  return found;
}

/** The key that a body belongs under. */
export const keyOfBody = (body: LedgerBody): string => keyOf(kindOf(body), body.state);

const DAY_MS = 86_400_000;

/** When a record written now may be forgotten; undefined: never. */
export function expiryOf(body: LedgerBody, now: Date): Date | undefined {
  const days = kindOf(body).keepDays?.(body.state);
  return days === undefined ? undefined : new Date(now.getTime() + days * DAY_MS);
}

export type ParsedRecord = { ok: true; record: LedgerRecord } | { ok: false; problem: string };

/** The record that was stored, under the key that its body belongs under, or what is wrong with it. */
export function parseRecord(stored: unknown): ParsedRecord {
  if (!isUnkeyed(stored)) return { ok: false, problem: `is malformed: ${firstIssue(stored)}` };
  // What was read, not what the schema made of it: that would lose what a newer version of this program added.
  return { ok: true, record: { key: keyOfBody(stored.body), version: stored.version, body: stored.body } };
}

function firstIssue(stored: unknown): string {
  const [issue] = v.safeParse(RECORD, stored).issues ?? [];
  const at = issue && v.getDotPath(issue);
  if (at === 'body.kind' && typeof issue?.input === 'string') {
    // Whoever deletes it as broken deletes what a newer stack remembers.
    return `body.kind: this version of sgp-warden does not know ${issue.received}; where a newer one keeps this ledger, use that one`;
  }
  return issue ? `${at ?? 'all of it'}: ${issue.message}` : 'unreadable';
}
