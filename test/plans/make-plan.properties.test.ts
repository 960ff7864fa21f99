// What must hold of every plan, whatever was found and in whatever order.
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Candidate } from '../../shared/plans/deletion.ts';
import { makePlan } from '../../shared/plans/make-plan.ts';
import { fingerprint } from '../../shared/proof/fingerprint.ts';
import { AT, branchEni, CLUSTER, eniId, found, sighting } from '../support/interfaces.ts';
import { candidateOf, context, findingOf } from './candidates.ts';

const { position: _position, ...settings } = context();

const candidate = (n: number): fc.Arbitrary<Candidate> =>
  fc
    .record({ status: fc.constantFrom('available', 'available', 'in-use'), count: fc.integer({ min: 1, max: 3 }), alive: fc.boolean() })
    .map(({ status, count, alive }) => {
      const eni = branchEni({ id: eniId(n), status });
      const seen = sighting({ interfaceId: eni.id, fingerprint: fingerprint(eni), count });
      return candidateOf(eni, { sighting: seen, ...(alive ? { clusters: { [CLUSTER]: found() } } : {}) });
    });
const candidates = fc
  .uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 12 })
  .chain((ids) => fc.tuple(...ids.map((id) => candidate(id))));
const cap = fc.integer({ min: 0, max: 8 });

const plan = (given: readonly Candidate[], max: number, at = AT) =>
  makePlan({
    context: { ...settings, max },
    orphans: given.map((each) => ({ finding: findingOf(branchEni({ id: each.interfaceId })), candidate: each })),
    pinned: [],
    at,
  });
const idsOf = (items: readonly { interfaceId: string }[]) => items.map((item) => item.interfaceId);

it('every orphan is either deleted or refused, and only once', () => {
  fc.assert(
    fc.property(candidates, cap, (given, max) => {
      const { deletions, refusals } = plan(given, max);
      expect([...idsOf(deletions), ...idsOf(refusals)].sort()).toEqual(idsOf(given).sort());
    }),
  );
});

it('the cap is exact: as many go as may, in the order of their ids, and the rest are deferred', () => {
  fc.assert(
    fc.property(candidates, cap, (given, max) => {
      const all = idsOf(plan(given, 1_000).deletions);
      const { deletions, refusals } = plan(given, max);
      expect(idsOf(deletions)).toEqual(all.slice(0, max));
      expect(idsOf(refusals.filter((refusal) => refusal.guard === 'batch-limit'))).toEqual(all.slice(max));
    }),
  );
});

it('the digest knows neither the time, nor the order, nor how often something was seen', () => {
  const shuffled = candidates.chain((given) => fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length })));
  fc.assert(
    fc.property(shuffled, cap, fc.date({ noInvalidDate: true }), fc.integer({ min: 1, max: 9 }), ([given, mixed], max, at, more) => {
      const again = mixed.map((each) => ({
        ...each,
        sighting: each.sighting && each.sighting.count > 1 ? { ...each.sighting, count: each.sighting.count + more } : each.sighting,
      }));
      expect(plan(again, max, at).digest).toBe(plan(given, max).digest);
    }),
  );
});

it('the digest changes exactly when what would be deleted does', () => {
  fc.assert(
    fc.property(candidates, candidates, cap, (some, others, max) => {
      const [a, b] = [plan(some, max), plan(others, max)];
      expect(a.digest === b.digest).toBe(idsOf(a.deletions).join() === idsOf(b.deletions).join());
    }),
  );
});
