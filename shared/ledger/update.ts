// The one compare-and-retry: read, decide purely, write only if it is still as it was read; whoever lost the race decides again on what
// the winner wrote.
//
//   run A   reads 3 ── decides ── writes 4 if 3: written
//   run B   reads 3 ── decides ──────── writes 4 if 3: lost, and is handed A's 4 ── decides again ── writes 5 if 4
import type { Target } from '../domain/finding.ts';
import { type Kind, keyOf, stateOf } from './kind.ts';
import type { LedgerBody, LedgerChange, LedgerOutcome, LedgerRecord, LedgerStore } from './store.ts';

// Each try builds on what won the one before, so that only a record that others keep writing takes them all.
const TRIES = 5;

export type Lost = Extract<LedgerOutcome, { written: false }>;

/** Repeats `attempt` as long as one of its writes lost; it is handed what was lost. `lost` is what still was in the last try. */
export async function retrying<T>(
  attempt: (lost: readonly Lost[]) => Promise<{ outcomes: readonly LedgerOutcome[]; value: T }>,
  tries = TRIES,
): Promise<{ value: T; lost: readonly Lost[] }> {
  let lost: readonly Lost[] = [];
  for (let made = 1; ; made += 1) {
    const { outcomes, value } = await attempt(lost);
    lost = outcomes.filter((outcome) => !outcome.written);
    if (lost.length === 0 || made >= tries) return { value, lost };
  }
}

/** The write of a state over the record that it was decided on. */
export function putOf<Name extends string, State>(
  kind: Kind<Name, State>,
  state: State,
  over?: Pick<LedgerRecord, 'version'> | undefined,
): Extract<LedgerChange, { body: LedgerBody }> {
  // A kind and its state belong together; the compiler cannot follow that into the union of all of them.
  const body = { kind: kind.name, state } as LedgerBody;
  return { key: keyOf(kind, state), ifVersion: over?.version ?? 0, body };
}

/** Where a record is. */
export interface Place {
  store: LedgerStore;
  target: Target;
}

/** What became of an update: `state` is what is in the ledger then. Contested: others wrote it again and again. */
export type Updated<State, Decision> = { decision: Decision } & (
  | { outcome: 'written'; state: State }
  | { outcome: 'unchanged'; state: State | undefined }
  | { outcome: 'contested'; state: State | undefined; says: string }
);

export interface UpdateOptions {
  /** The record as it was read before, or undefined where there was none; else it is read now. */
  from?: LedgerRecord | undefined;
  tries?: number;
}

/** Writes the state that `decide` makes of what is there; a decision without a state writes nothing. */
export async function update<Name extends string, State, Decision extends { state?: State | undefined }>(
  { store, target }: Place,
  kind: Kind<Name, State>,
  key: string,
  decide: (now: State | undefined) => Decision,
  options: UpdateOptions = {},
): Promise<Updated<State, Decision>> {
  const { value, lost } = await retrying(async ([won]) => {
    const record = won ? won.winner : 'from' in options ? options.from : await store.get(target, key);
    const before = stateOf(record, kind);
    const decision = decide(before);
    const outcomes = decision.state === undefined ? [] : await store.write(target, [putOf(kind, decision.state, record)]);
    return { outcomes, value: { before, decision } };
  }, options.tries);
  const { before, decision } = value;
  const [contest] = lost;
  if (contest) {
    const says = `${key} in ${store.name} is being written by others all the time; try again`;
    return { outcome: 'contested', state: stateOf(contest.winner, kind), decision, says };
  }
  return decision.state === undefined
    ? { outcome: 'unchanged', state: before, decision }
    : { outcome: 'written', state: decision.state, decision };
}

/** An update for which losing every time is nothing that anybody expects: it throws. */
export function uncontested<State, Decision>(
  updated: Updated<State, Decision>,
): Exclude<Updated<State, Decision>, { outcome: 'contested' }> {
  if (updated.outcome === 'contested') throw new Error(updated.says);
  return updated;
}
