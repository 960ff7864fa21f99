import { beforeEach, expect, it } from '@jest/globals';
import { newestFirst } from '../../../shared/ledger/kind.ts';
import { memoryStore } from '../../../shared/ledger/memory.ts';
import type { LedgerStore } from '../../../shared/ledger/store.ts';
import type { DeletionStatus } from '../../../shared/plans/deletion.ts';
import { recordAbandoned } from '../../../shared/plans/execute/abandoned.ts';
import { createJournal } from '../../../shared/plans/execute/journal.ts';
import { DELETION } from '../../../shared/plans/record.ts';
import { planFor, TARGET } from '../candidates.ts';
import { ENIS, fakeWorld } from './fake-world.ts';
import { FIRST } from './run.ts';

let store: LedgerStore;
let { world, deps } = fakeWorld();
const journalOf = (worker: string) => createJournal({ store, target: TARGET, digest: 'd', worker, by: `arn:${worker}`, clock: deps.clock });
const recorded = async () => newestFirst(await store.load(TARGET), DELETION);
const recordLeft = async () => recordAbandoned({ ...deps, journal: journalOf('next') }, await recorded());

/** A worker that ended when it had written this, so many minutes ago. */
async function diedAt(status: DeletionStatus, minutesAgo: number) {
  const [planned] = planFor(ENIS.slice(0, 1)).deletions;
  const journal = journalOf('dead');
  if (planned) await journal.claim(planned);
  if (status !== 'claimed') await journal.note(FIRST, { status, says: 'x', interface: { NetworkInterfaceId: FIRST } });
  world.now += minutesAgo * 60_000;
}

beforeEach(() => {
  store = memoryStore();
  ({ world, deps } = fakeWorld());
});

it.each([
  ['deleting', 'deleted'],
  ['claimed', 'already-gone'],
] as const)('of one that was left as "%s" and is gone, it records that it is %s', async (left, status) => {
  await diedAt(left, 6);
  world.interfaces.delete(FIRST);
  expect(await recordLeft()).toMatchObject([{ interfaceId: FIRST, status }]);
  expect(await recorded()).toMatchObject([{ status, lease: { by: 'next' }, by: left === 'deleting' ? 'arn:dead' : 'arn:next' }]);
  expect(await recordLeft()).toEqual([]);
});

it('leaves alone what another run may still have in hand', async () => {
  await diedAt('deleting', 4);
  world.interfaces.delete(FIRST);
  expect(await recordLeft()).toEqual([]);
  expect(await recorded()).toMatchObject([{ status: 'deleting', lease: { by: 'dead' } }]);
});

it('leaves open what is still there, or could not be read', async () => {
  await diedAt('deleting', 6);
  expect(await recordLeft()).toEqual([]);
  world.interfaces.delete(FIRST);
  world.failing = 'denied';
  expect(await recordLeft()).toEqual([]);
  expect(await recorded()).toMatchObject([{ status: 'deleting', lease: { by: 'dead' } }]);
});

it.each(['deleted', 'already-gone', 'refused', 'failed'] as const)('has nothing to say of what ended as %s', async (status) => {
  await diedAt(status, 60);
  world.interfaces.delete(FIRST);
  expect(await recordLeft()).toEqual([]);
});
