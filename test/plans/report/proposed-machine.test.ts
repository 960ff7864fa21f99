import { describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import type { ProposedPlan } from '../../../shared/plans/plan.ts';
import { decisionFields, proposedPlanFields } from '../../../shared/plans/report/proposed-machine.ts';
import { printedJson } from '../../../shared/render/json.ts';
import { decision, proposed, stopped } from '../../support/plans.ts';
import { DECISION, PLAN } from './contract.ts';

/** In the JSON, by its long names. */
const runIn = ({ run: of }: ProposedPlan) => (of ? { worker: of.by, startedAt: of.startedAt, leaseUntil: of.until } : null);
const run = { by: 'w', startedAt: '2026-11-20T19:00:00.000Z', until: '2026-11-20T19:15:00.000Z' };

describe('the JSON of a plan', () => {
  it.each<[string, ProposedPlan]>([
    ['that waits', proposed()],
    ['that is approved', proposed({ status: 'approved', decision: decision() })],
    ['that is under way', proposed({ status: 'running', decision: decision(), run })],
    ['that stopped', proposed({ status: 'done', decision: decision(), run, result: stopped() })],
  ])('%s keeps the contract', (_, plan) => {
    const { status, decision: answered = null, result = null } = plan;
    const parsed = v.parse(PLAN, JSON.parse(JSON.stringify(proposedPlanFields(plan))));
    expect(parsed).toMatchObject({ status, digest: plan.plan.digest, decision: answered, run: runIn(plan) });
    expect(parsed.result).toEqual(result);
    expect(parsed.deletions.map(({ interfaceId }) => interfaceId)).toEqual(plan.plan.deletions.map(({ interfaceId }) => interfaceId));
    expect([parsed.refusals, parsed.unblocks]).toEqual([plan.plan.refusals, plan.plan.unblocks]);
  });

  it('does not tell who is told of it', () => {
    expect(JSON.stringify(decisionFields({ accepted: true, plan: proposed({ publishers: ['sns-secret'] }), says: '' }))).not.toContain(
      'sns-secret',
    );
  });
});

describe('the JSON of a decision', () => {
  it.each([
    ['taken', { accepted: true, plan: proposed({ status: 'approved', decision: decision() }), says: 'approved by alice' }],
    ['refused', { accepted: false, plan: undefined, says: 'there is no plan 0123456789abcdef' }],
  ])('%s keeps the contract', (_, answer) => {
    const parsed = v.parse(DECISION, JSON.parse(printedJson(decisionFields(answer))));
    expect(parsed).toMatchObject({ accepted: answer.accepted, says: answer.says });
    expect(parsed.plan?.id).toBe(answer.plan?.id);
  });
});
