import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Observation, Sighting } from '../../shared/domain/inventory.ts';
import { foldSightings, type ListReads } from '../../shared/findings/sightings.ts';
import { minute, shown, time } from '../ledger/builders.ts';
import { runs } from '../support/runs.ts';

/** What one run met of one interface. */
interface Met {
  minutes: number;
  branchesRead: boolean;
  trunksRead: boolean;
  observation: Observation | undefined;
}

const observed: fc.Arbitrary<Observation | undefined> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .record({ fingerprint: fc.constantFrom('f1', 'f1', 'f1', 'f2'), as: fc.constantFrom('orphan', 'orphan', 'leak') })
      .map(shown),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('f1', 'f1', 'f2').map((fingerprint) => shown({ fingerprint, as: undefined, outcome: 'unread' })),
  },
  { weight: 1, arbitrary: fc.constant(shown({ as: undefined, outcome: 'refuted' })) },
  { weight: 2, arbitrary: fc.constant(undefined) },
);

/** Runs whose clock mostly advances, stands still or jumps back; only a list that was read shows anything. */
const history: fc.Arbitrary<Met[]> = fc
  .array(
    fc.record({ step: fc.integer({ min: -15, max: 45 }), branchesRead: fc.boolean(), trunksRead: fc.boolean(), observation: observed }),
    {
      maxLength: 12,
    },
  )
  .map((runs) => {
    let minutes = 0;
    return runs.map(({ step, observation, ...read }) => {
      minutes += step;
      return { ...read, minutes, observation: read.branchesRead ? observation : undefined };
    });
  });

const readsOf = ({ minutes, branchesRead, trunksRead }: Met): ListReads => ({
  branchEnis: branchesRead ? minute(minutes) : undefined,
  trunkEnis: trunksRead ? minute(minutes) : undefined,
});

const step = (sightings: Map<string, Sighting>, run: Met) =>
  foldSightings(sightings, run.observation ? [run.observation] : [], readsOf(run));
const sightingsAfter = (runs: readonly Met[]) => runs.reduce(step, new Map<string, Sighting>());

/** The proof's fifth point, read backwards from the last run: the runs since anything showed the interface otherwise. */
function unbroken(runs: readonly Met[]): Met[] {
  const last = runs.findLast((run) => run.observation?.outcome === 'shown')?.observation;
  const breaks = ({ observation, branchesRead }: Met) => {
    if (!observation) return branchesRead;
    if (observation.outcome === 'refuted' || observation.fingerprint !== last?.fingerprint) return true;
    return observation.outcome === 'shown' && observation.as !== last.as;
  };
  return runs.slice(runs.findLastIndex(breaks) + 1).filter((run) => run.observation?.outcome === 'shown');
}

describe('foldSightings, for every history', () => {
  it('says exactly what the runs since the last contrary one show', () => {
    fc.assert(
      fc.property(history, (runs) => {
        const found = sightingsAfter(runs).get('eni-1');
        const streak = unbroken(runs);
        const [first] = streak;
        if (!first) return expect(found).toBeUndefined();
        const advancing = streak.filter((run, index) => streak.slice(0, index).every((before) => before.minutes < run.minutes));
        return expect(found).toMatchObject({
          first: time(first.minutes),
          newest: time(Math.max(...streak.map((run) => run.minutes))),
          count: advancing.length,
        });
      }),
      { numRuns: runs(2_000) },
    );
  });

  it('a second sighting is a second time', () => {
    fc.assert(
      fc.property(history, (runs) => {
        for (const { count, first, newest } of sightingsAfter(runs).values()) {
          expect(Date.parse(newest) > Date.parse(first)).toBe(count >= 2);
        }
      }),
    );
  });

  it('runs that could read nothing of it change nothing, wherever they come', () => {
    const blind = fc.record({ at: fc.nat(12), minutes: fc.integer({ min: -60, max: 600 }), trunksRead: fc.boolean() });
    fc.assert(
      fc.property(history, fc.array(blind, { maxLength: 4 }), (runs, blinds) => {
        const blinded = blinds.reduce(
          (all, { at, ...run }) => all.toSpliced(at, 0, { ...run, branchesRead: false, observation: undefined }),
          runs,
        );
        expect(sightingsAfter(blinded)).toEqual(sightingsAfter(runs));
      }),
    );
  });

  it('whatever came before, a contrary run starts the count again', () => {
    const contrary: Pick<Met, 'branchesRead' | 'observation'>[] = [
      { branchesRead: true, observation: undefined },
      { branchesRead: true, observation: shown({ as: undefined, outcome: 'refuted' }) },
    ];
    fc.assert(
      fc.property(history, fc.constantFrom(...contrary), fc.integer({ min: -60, max: 600 }), (runs, met, minutes) => {
        const next = { minutes, branchesRead: true, trunksRead: true, observation: shown() };
        const found = sightingsAfter([...runs, { minutes: 0, trunksRead: true, ...met }, next]).get('eni-1');
        expect(found).toMatchObject({ count: 1, first: time(minutes), newest: time(minutes) });
      }),
    );
  });
});
