import { describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import type { Judgement } from '../../shared/domain/verdict.ts';
import { defineRule } from '../../shared/rules/define.ts';
import { branchEni, eniId } from './interfaces.ts';
import { evaluate } from './rule-tester.ts';

const failed: Judgement = {
  subject: { type: 'network-interface', id: eniId(1) },
  verdict: 'fail',
  state: 'suspect',
  summary: 'it is there',
  evidence: {},
  remedy: { summary: 'look again', commands: [] },
};

const slices = { branchEnis: [branchEni()] };
const meta = { id: 'made-up', title: 'Made up', severity: 'low', states: ['suspect'], why: 'w', remedy: 'r' } as const;
const is = { meta, topic: 'leftovers', evidence: v.object({}), needs: ['branchEnis'] } as const;
const ruleThatSays = (...judgements: Judgement[]) => defineRule({ ...is, evaluate: () => judgements });

describe('the rule tester', () => {
  it('accepts a rule that keeps what every rule must keep', () => {
    expect(evaluate(ruleThatSays(failed), { slices })).toEqual([failed]);
  });

  it.each<[string, Judgement[]]>([
    ['two judgements on one subject', [failed, failed]],
    ['no summary', [{ ...failed, summary: '' }]],
    ['a fail without a remedy', [{ subject: failed.subject, verdict: 'fail', state: 'suspect', summary: 's', evidence: {} }]],
    ['a state that its metadata do not name', [{ ...failed, state: 'leaked' }]],
    ['evidence that its schema does not describe', [{ ...failed, evidence: { more: 1 } }]],
  ])('refuses %s', (_, judgements) => {
    expect(() => evaluate(ruleThatSays(...judgements), { slices })).toThrow();
  });

  it('refuses a rule that says something else the second time', () => {
    let calls = 0;
    const evaluateOnce = () => [{ ...failed, summary: `call ${calls++}` }];
    expect(() => evaluate(defineRule({ ...is, evaluate: evaluateOnce }), { slices })).toThrow();
  });

  it('refuses a rule that changes what it was given', () => {
    const marks = defineRule({
      ...is,
      evaluate: ({ branchEnis: [eni] }) => [{ ...failed, evidence: Object.assign(eni ?? {}, { status: 'seen' }) }],
    });
    expect(() => evaluate(marks, { slices })).toThrow(TypeError);
  });

  it('refuses slices that the rule does not need, and the lack of one that it does', () => {
    expect(() => evaluate(ruleThatSays(failed), { slices: { ...slices, trunkEnis: [] } })).toThrow();
    expect(() => evaluate(ruleThatSays(failed), { slices: {} })).toThrow();
  });
});
