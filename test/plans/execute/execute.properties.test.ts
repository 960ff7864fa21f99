// The promise of the whole program, over every order of events that fast-check can think of: nothing is deleted but what the last
// answers of all four reads, the sightings and the claim showed to be abandoned, and ours, at most two seconds ago.

import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DeleteAnswer } from '../../../shared/plans/execute/delete-interface.ts';
import { execute } from '../../../shared/plans/execute/execute.ts';
import { branchTags, CLUSTER, INSTANCE_ID, TRUNK_ID } from '../../support/interfaces.ts';
import { runs } from '../../support/runs.ts';
import { context, planFor } from '../candidates.ts';
import { type Answered, ENIS, type FakeWorld, fakeWorld } from './fake-world.ts';

type Event = (world: FakeWorld) => void;

const change = (world: FakeWorld, index: number, changes: object) => {
  const eni = world.interfaces.get(ENIS[index]?.id ?? '');
  if (eni) world.interfaces.set(eni.id, { ...eni, ...changes });
};
const answer = (kind: 'throttled' | 'unanswered' | 'in-use'): DeleteAnswer => ({ kind, says: kind });
const index = fc.nat({ max: ENIS.length - 1 });
const named = <T>(name: string, arbitrary: fc.Arbitrary<T>, act: (world: FakeWorld, value: T) => void): fc.Arbitrary<Event> =>
  arbitrary.map((value) => Object.assign((world: FakeWorld) => act(world, value), { toString: () => `${name}(${fc.stringify(value)})` }));

const idle: fc.Arbitrary<Event> = named('nothing', fc.constant(0), () => undefined);
const happening: fc.Arbitrary<Event> = fc.oneof(
  named('time passes', fc.constantFrom(100, 1_500, 2_500, 11_000, 400_000), (world, ms) => {
    world.now += ms;
  }),
  named('the clock is set back', fc.constantFrom(1_000, 3_600_000), (world, ms) => {
    world.now -= ms;
  }),
  named('cluster', fc.constantFrom('gone' as const, 'ACTIVE' as const), (world, cluster) => Object.assign(world, { cluster })),
  named('trunk', fc.constantFrom('gone' as const, 'in-use' as const), (world, trunk) => Object.assign(world, { trunk })),
  named('instance', fc.constantFrom('gone' as const, 'running' as const), (world, instance) => Object.assign(world, { instance })),
  named('reads fail', fc.constantFrom(undefined, undefined, 'denied', 'throttled', 'malformed'), (world, failing) =>
    Object.assign(world, { failing }),
  ),
  named('seen', fc.boolean(), (world, seen) => Object.assign(world, { seen })),
  named('claim lost', fc.boolean(), (world, claimLost) => Object.assign(world, { claimLost })),
  named('status', fc.tuple(index, fc.constantFrom('in-use', 'available')), (world, [at, status]) => change(world, at, { status })),
  named('keep', index, (world, at) => change(world, at, { tags: { ...branchTags(), 'sgp-warden:keep': '' } })),
  named('EC2 answers', fc.constantFrom('throttled' as const, 'unanswered' as const, 'in-use' as const), (world, kind) => {
    world.answers.push(answer(kind));
  }),
  named('stop', fc.constantFrom('time' as const, 'interrupted' as const), (world, halt) => Object.assign(world, { halt })),
);
const story = fc.array(fc.oneof({ weight: 6, arbitrary: idle }, { weight: 1, arbitrary: happening }), { maxLength: 160 });

const LEASE_MS = 5 * 60_000;
const isRecent = (age: number) => age >= 0 && age < LEASE_MS;

/** Why a removal should not have been asked for, by what was answered before it. */
function wrongs(log: readonly Answered[]): string[] {
  return log.flatMap((removal, at) => {
    if (removal.port !== 'remove') return [];
    const last = (port: Answered['port'], id: string) => log.slice(0, at).findLast((each) => each.port === port && each.id === id);
    const eni = last('interface', removal.id);
    const needed = {
      cluster: last('cluster', CLUSTER),
      trunk: last('trunk', TRUNK_ID),
      instance: last('instance', INSTANCE_ID),
      interface: eni,
      sighting: last('sighting', removal.id),
      note: last('note', removal.id),
    };
    const age = removal.at - (eni?.at ?? 0);
    return [
      ...Object.entries(needed).flatMap(([port, answered]) => (answered?.good ? [] : [`${removal.id}: ${port} did not show it`])),
      ...(needed.note?.status === 'deleting' ? [] : [`${removal.id}: nothing was written before it`]),
      ...(isRecent(removal.at - (needed.note?.at ?? 0)) ? [] : [`${removal.id}: its claim may have run out`]),
      ...(age >= 0 && age <= 2_020 ? [] : [`${removal.id}: its answer is ${age} ms old`]),
    ];
  });
}

// Time passes between the last look at the clock and the request itself, too: nothing can be asked of that moment, so nothing happens in it.
const AT_REMOVAL = 'remove';

it('deletes nothing that was not just shown to be abandoned, stays under the cap, and says of each what is true', async () => {
  let removals = 0;
  await fc.assert(
    fc.asyncProperty(story, fc.integer({ min: 0, max: 9 }), async (events, max) => {
      const coming = [...events];
      const { world, deps } = fakeWorld((now, port) => {
        if (port !== AT_REMOVAL) coming.shift()?.(now);
      });
      const plan = planFor(ENIS);
      const { outcomes, left } = await execute(deps, plan, context({ max }));
      expect(wrongs(world.log)).toEqual([]);
      expect(world.removed.length).toBeLessThanOrEqual(max);
      expect([...outcomes.map((outcome) => outcome.interfaceId), ...left]).toEqual(ENIS.map((eni) => eni.id));
      const deleted = outcomes.filter((outcome) => outcome.status === 'deleted').map((outcome) => outcome.interfaceId);
      expect(world.removed).toEqual(expect.arrayContaining(deleted));
      removals += world.removed.length;
    }),
    { numRuns: runs(400) },
  );
  expect(removals).toBeGreaterThan(100);
});
