import { describe, expect, it } from '@jest/globals';
import { execute } from '../../../shared/plans/execute/execute.ts';
import guard from '../../../shared/plans/guards/not-accepted.ts';
import { makePlan } from '../../../shared/plans/make-plan.ts';
import { ACCEPTED } from '../../support/acceptances.ts';
import { branchEni } from '../../support/interfaces.ts';
import { candidateOf, context, findingOf, orphan, planFor, said } from '../candidates.ts';
import { ENIS, fakeWorld } from '../execute/fake-world.ts';

describe('not-accepted', () => {
  it('lets through what nobody answers for', () => {
    expect(said(guard, orphan())).toBe('allows');
  });

  it('keeps what somebody answers for, and says who', () => {
    expect(said(guard, orphan({ accepted: ACCEPTED }))).toBe(
      'its finding is accepted until 2026-12-31 for web-team: kept for the auditors',
    );
  });

  it('is asked when planning', () => {
    const eni = branchEni();
    const { position: _, ...rest } = context();
    const orphans = [{ finding: findingOf(eni), candidate: candidateOf(eni, { accepted: ACCEPTED }) }];
    const plan = makePlan({ context: rest, orphans, pinned: [], at: new Date('2026-11-20T19:00:00Z') });
    expect([plan.deletions, plan.refusals.map(({ guard }) => guard)]).toEqual([[], ['not-accepted']]);
  });

  it('is asked again right before the deletion: what was accepted since the plan stays, with its sightings', async () => {
    const { world, deps } = fakeWorld();
    const [first] = ENIS;
    const forgotten: string[] = [];
    const journal = {
      ...deps.journal,
      acceptance: async (findingId: string) => (findingId.endsWith(first?.id ?? '') ? ACCEPTED : undefined),
      forget: async (id: string) => {
        forgotten.push(id);
      },
    };
    const { position: _, ...rest } = context();
    const { outcomes } = await execute({ ...deps, journal }, planFor(ENIS.slice(0, 2)), rest);
    expect(outcomes.map(({ status, guard }) => [status, guard])).toEqual([
      ['refused', 'not-accepted'],
      ['deleted', undefined],
    ]);
    expect([world.removed, forgotten]).toEqual([[ENIS[1]?.id], []]);
  });
});
