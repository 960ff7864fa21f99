// Runs add transitions while publishers send and acknowledge, in whatever order their reads and writes happen to reach the ledger.

import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FINDING } from '../../shared/findings/record.ts';
import { statesById } from '../../shared/ledger/kind.ts';
import { memoryStore } from '../../shared/ledger/memory.ts';
import { acknowledge, outboxOf } from '../../shared/ledger/outbox.ts';
import { toChanges } from '../../shared/ledger/records.ts';
import type { LedgerStore } from '../../shared/ledger/store.ts';
import { runs } from '../support/runs.ts';
import { finding, findingState, TARGET, time } from './builders.ts';

const PUBLISHERS = ['sns', 'chat', 'graph'];
const FINDINGS = ['finding-a', 'finding-b'];

type Act =
  | { act: 'tell'; findingId: string }
  /** Publishes what is owed; only some of it arrives, and a crash may come before it is noted. */
  | { act: 'publish'; publisher: string; arrives: readonly boolean[]; crashes: boolean };

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ act: fc.constant('tell' as const), findingId: fc.constantFrom(...FINDINGS) }),
  fc.record({
    act: fc.constant('publish' as const),
    publisher: fc.constantFrom(...PUBLISHERS),
    arrives: fc.array(fc.boolean(), { minLength: 1, maxLength: 4 }),
    crashes: fc.boolean(),
  }),
);

/** What happened, from the point of view of those outside the ledger. */
interface Told {
  told: string[];
  /** `<publisher> <id>`, as often as it was sent and arrived. */
  arrived: string[];
  /** `<publisher> <id>`, when its settling said that it is noted. */
  settled: Set<string>;
  sentAfterSettled: string[];
}

async function tell(store: LedgerStore, findingId: string, at: string, story: Told): Promise<void> {
  // As an audit does it: read, judge, write; judge again when the race is lost.
  for (;;) {
    const records = await store.load(TARGET);
    const state = statesById(records, FINDING).get(findingId) ?? findingState({ finding: finding({ id: findingId }) });
    const pending = [...state.pending, { kind: 'changed', findingId, at, says: at, recipients: PUBLISHERS } as const];
    const outcomes = await store.write(TARGET, toChanges(records, new Map(), [{ ...state, pending, lastSeen: at }]));
    if (outcomes.every((outcome) => outcome.written)) break;
  }
  story.told.push(`${findingId}#changed#${at}`);
}

async function publish(store: LedgerStore, { publisher, arrives, crashes }: Extract<Act, { act: 'publish' }>, story: Told): Promise<void> {
  const already = new Set(story.settled);
  const announcements = outboxOf(await store.load(TARGET), TARGET).get(publisher) ?? [];
  const deliveries = announcements.map(({ id }, index) =>
    arrives[index % arrives.length] ? ({ id, delivered: true } as const) : ({ id, delivered: false, reason: 'no' } as const),
  );
  const pairs = deliveries.flatMap(({ id, delivered }) => (delivered ? [`${publisher} ${id}`] : []));
  story.sentAfterSettled.push(...announcements.flatMap(({ id }) => (already.has(`${publisher} ${id}`) ? [`${publisher} ${id}`] : [])));
  story.arrived.push(...pairs);
  if (crashes) return;
  const stillOwed = new Set((await acknowledge(store, TARGET, publisher, deliveries)).map((id) => `${publisher} ${id}`));
  for (const pair of pairs) if (!stillOwed.has(pair)) story.settled.add(pair);
}

/** Every read and every write waits its turn, and the scheduler says whose it is. */
const inTurns = (store: LedgerStore, scheduler: fc.Scheduler): LedgerStore => ({
  name: store.name,
  load: scheduler.scheduleFunction(store.load),
  get: scheduler.scheduleFunction(store.get),
  write: scheduler.scheduleFunction(store.write),
});

async function play(
  acts: readonly Act[],
  scheduler: fc.Scheduler,
): Promise<{ story: Told; owed: () => Promise<string[]>; store: LedgerStore }> {
  const store = memoryStore();
  const contested = inTurns(store, scheduler);
  const story: Told = { told: [], arrived: [], settled: new Set(), sentAfterSettled: [] };
  const all = acts.map((each, index) =>
    each.act === 'tell' ? tell(contested, each.findingId, time(index), story) : publish(contested, each, story),
  );
  await scheduler.waitFor(Promise.all(all));
  const owed = async () => {
    const byPublisher = outboxOf(await store.load(TARGET), TARGET);
    return [...byPublisher].flatMap(([publisher, announcements]) => announcements.map(({ id }) => `${publisher} ${id}`));
  };
  return { story, owed, store };
}

const acts = fc.array(act, { minLength: 1, maxLength: 12 });

it('what was delivered and settled is owed no more, and all else that was told is', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), acts, async (scheduler, history) => {
      const { story, owed } = await play(history, scheduler);
      const pairs = story.told.flatMap((id) => PUBLISHERS.map((publisher) => `${publisher} ${id}`));
      expect((await owed()).sort()).toEqual(pairs.filter((pair) => !story.settled.has(pair)).sort());
    }),
    { numRuns: runs(500) },
  );
});

it('nothing is sent again once its settling succeeded', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), acts, async (scheduler, history) => {
      expect((await play(history, scheduler)).story.sentAfterSettled).toEqual([]);
    }),
    { numRuns: runs(500) },
  );
});

it('everything that was told arrives everywhere in the end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), acts, async (scheduler, history) => {
      const { story, owed, store } = await play(history, scheduler);
      for (const publisher of PUBLISHERS) await publish(store, { act: 'publish', publisher, arrives: [true], crashes: false }, story);
      const pairs = story.told.flatMap((id) => PUBLISHERS.map((publisher) => `${publisher} ${id}`));
      expect(new Set(story.arrived)).toEqual(new Set(pairs));
      expect(await owed()).toEqual([]);
    }),
    { numRuns: runs(500) },
  );
});
