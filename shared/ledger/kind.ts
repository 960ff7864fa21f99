// A kind of record, in one place: what it must look like before it is believed, its key, and how long it is kept. Nouns define theirs
// (`shared/teardowns/record.ts` …); kinds.ts lists them, and whatever the ledger does with a record is derived from that list.
import type * as v from 'valibot';
import type { Announcement } from '../content/announcement.ts';

type NoticeOf<State> = State extends { pending: readonly (infer Notice)[] } ? Notice : unknown;

type Unaddressed<A> = A extends unknown ? Omit<A, 'target'> : never;
/** An announcement that does not yet say of which account and region it is. */
export type Announced = Unaddressed<Announcement> & { at: string };

// Methods rather than properties, so that a kind is also a kind of anything, for whatever goes through them all.
interface Definition<Name extends string, State> {
  name: Name;
  schema: v.GenericSchema;
  /** What tells records of one account and region apart; a kind without an id has one record there. */
  id?(state: State): string;
  /** For how many days a record written now is kept at least; undefined: for ever. */
  keepDays?(state: State): number | undefined;
  /** The same with its long lists cut, saying so: for a store that cannot hold all of it. */
  abridge?(state: State): State;
  /** How people are told of something that is pending in a record: when it happened, and what. A kind that says so has an outbox. */
  announce?(state: State, notice: NoticeOf<State>): Announced;
}

/** A kind of record and the keys of its records. */
export interface Kind<Name extends string = string, State = unknown> extends Definition<Name, State> {
  /** The key of the record with this id. */
  key(id?: string): string;
}

/** The state that records of a kind hold. */
export type StateOf<K> = K extends Kind<string, infer State> ? State : never;

/** How a record of a kind is stored. */
export type BodyOf<K> = K extends Kind<infer Name, infer State> ? { kind: Name; state: State } : never;

export function defineKind<State, const Name extends string = string>(definition: Definition<Name, State>): Kind<Name, State> {
  const { name } = definition;
  return { ...definition, key: (id) => (id === undefined ? name : `${name}/${id}`) };
}

interface AnyRecord {
  key: string;
  body: { kind: string; state: unknown };
}

/** Whether a record is of a kind. */
export const isOf = <Of extends AnyRecord, Name extends string, State>(
  record: Of | undefined,
  { name }: Kind<Name, State>,
): record is Of & { body: { kind: Name; state: State } } => record?.body.kind === name;

/** What a record of that kind holds; undefined for any other. */
export const stateOf = <Name extends string, State>(record: AnyRecord | undefined, kind: Kind<Name, State>): State | undefined =>
  isOf(record, kind) ? record.body.state : undefined;

/** What the records of a kind hold, in their order. */
export const statesOf = <Name extends string, State>(records: readonly AnyRecord[], kind: Kind<Name, State>): State[] =>
  records.flatMap((record) => (isOf(record, kind) ? [record.body.state] : []));

/** The same by what tells them apart. */
export const statesById = <Name extends string, State>(records: readonly AnyRecord[], kind: Kind<Name, State>): Map<string, State> =>
  new Map(statesOf(records, kind).map((state) => [kind.id?.(state) ?? '', state]));

/** The key that a state belongs under. */
export const keyOf = <Name extends string, State>(kind: Kind<Name, State>, state: State): string => kind.key(kind.id?.(state));

/** The same, the newest first. */
export const newestFirst = <Name extends string, State extends { at: string }>(
  records: readonly AnyRecord[],
  kind: Kind<Name, State>,
): State[] => statesOf(records, kind).sort((a, b) => b.at.localeCompare(a.at) || keyOf(kind, a).localeCompare(keyOf(kind, b)));
