// Whoever answers a plan has a name, and what they asked for is recorded.
import { describe, expect, it } from '@jest/globals';
import { decidePlan } from '../../shared/plans/decide-plan.ts';
import type { DecidedVia } from '../../shared/plans/plan.ts';
import { askedWorld } from '../run/clicks/click-world.ts';
import { SLACK_ANNA } from '../support/clicks.ts';
import { ALICE, PLAN_ID } from '../support/plans.ts';
import { TARGET } from '../support/reports.ts';

describe('a decision', () => {
  it.each<[DecidedVia, string]>([
    ['cli', ALICE],
    ['slack', SLACK_ANNA],
  ])('from %s is taken of %s', async (via, by) => {
    const world = await askedWorld();
    expect(await decidePlan(world.deps, { target: TARGET, plan: PLAN_ID, verdict: 'approve', by, via })).toMatchObject({ accepted: true });
  });

  it.each<[DecidedVia, string]>([
    ['cli', 'unknown'],
    ['cli', SLACK_ANNA],
    ['slack', ALICE],
    ['slack', 'anna'],
    ['slack', 'slack:T0TEAM/anna/U0ANNA'],
    ['slack', ''],
  ])('from %s is not taken of %j: that is nobody', async (via, by) => {
    const world = await askedWorld();
    const before = await world.records();
    await expect(decidePlan(world.deps, { target: TARGET, plan: PLAN_ID, verdict: 'approve', by, via })).rejects.toThrow(
      'so nothing is decided',
    );
    expect(await world.records()).toEqual(before);
  });
});
