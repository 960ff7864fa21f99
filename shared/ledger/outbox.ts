// What is still to be sent, and to whom. It lies in the record that it tells of, written in the same step, so that no crash loses it; a
// crash between sending and acknowledging sends it again, with the same id.

import type { Announcement, Delivery } from '../content/announcement.ts';
import { WATCH } from '../digests/record.ts';
import type { Target } from '../domain/finding.ts';
import { isObject } from '../domain/values.ts';
import { type Kind, statesOf } from './kind.ts';
import type { LedgerChange, LedgerRecord, LedgerStore } from './store.ts';
import { kindOf } from './stored.ts';
import { putOf, retrying } from './update.ts';

/** Something to tell people, with the names of the publishers that have not sent it yet. */
interface Pending {
  recipients: readonly string[];
}

interface Entry {
  pending: Pending;
  at: string;
  announcement: Announcement;
}

const hasPending = (state: unknown): state is { pending: readonly Pending[] } => isObject(state) && Array.isArray(state.pending);

/** The records of which something is still to be sent. */
export const pendingIn = (records: readonly LedgerRecord[]): LedgerRecord[] =>
  records.filter(({ body: { state } }) => hasPending(state) && state.pending.length > 0);

/** What each publisher has still to send, oldest first, by the publisher's name. */
export function outboxOf(records: readonly LedgerRecord[], target: Target): Map<string, Announcement[]> {
  const all = records.flatMap((record) => entriesOf(record, target)).sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const names = new Set(all.flatMap(({ pending }) => pending.recipients));
  const of = (name: string) => all.flatMap(({ pending, announcement }) => (pending.recipients.includes(name) ? [announcement] : []));
  return new Map([...names].map((name) => [name, of(name)]));
}

function entriesOf({ body }: LedgerRecord, target: Target): Entry[] {
  const { announce }: Kind = kindOf(body);
  const { state } = body;
  if (!announce || !hasPending(state)) return [];
  return state.pending.map((pending) => {
    const { at, ...said } = announce(state, pending);
    return { pending, at, announcement: { ...said, target } };
  });
}

/**
 * Notes what one publisher delivered, and changes nothing else: what others wrote meanwhile stays. Gives the delivered ids that could
 * not be noted because others wrote their records again and again; they go out once more.
 */
export async function acknowledge(
  store: LedgerStore,
  target: Target,
  publisher: string,
  deliveries: readonly Delivery[],
): Promise<readonly string[]> {
  const delivered = new Set(deliveries.flatMap((delivery) => (delivery.delivered ? [delivery.id] : [])));
  if (delivered.size === 0) return [];
  const { lost } = await retrying(async (before) => {
    // A record that is gone has nothing to send any more.
    const records = before.length > 0 ? before.flatMap(({ winner }) => winner ?? []) : await store.load(target);
    const changes = records.flatMap((record) => without(record, target, publisher, delivered));
    return { outcomes: await store.write(target, changes), value: undefined };
  });
  const left = outboxOf(
    lost.flatMap(({ winner }) => winner ?? []),
    target,
  );
  return (left.get(publisher) ?? []).flatMap(({ id }) => (delivered.has(id) ? [id] : []));
}

/** The write that notes the deliveries in one record; none when they are not of this record, or noted already. */
function without(record: LedgerRecord, target: Target, publisher: string, delivered: ReadonlySet<string>): LedgerChange[] {
  const noted = new Set<string>();
  const pending = entriesOf(record, target).flatMap(({ pending: each, announcement: { id } }) => {
    // Two runs may tell the same of a finding in the same millisecond. One delivery is of the older: better told twice than never.
    if (!delivered.has(id) || noted.has(id) || !each.recipients.includes(publisher)) return [each];
    noted.add(id);
    const recipients = each.recipients.filter((name) => name !== publisher);
    return recipients.length > 0 ? [{ ...each, recipients }] : [];
  });
  return noted.size > 0 ? [putOf(kindOf(record.body), { ...record.body.state, pending }, record)] : [];
}

/**
 * Who is told what a run finds: its own publishers; where it has none, as a person's has, those of the stack that keeps this ledger. Else
 * the stack would find it known already, and nobody would ever be told.
 */
export const recipientsOf = (publishers: readonly { name: string }[], records: readonly LedgerRecord[]): readonly string[] =>
  publishers.length > 0 ? publishers.map(({ name }) => name) : (statesOf(records, WATCH)[0]?.publishers ?? []);
