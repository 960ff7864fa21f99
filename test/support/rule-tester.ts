import { describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import type { Inventory, SliceName, Slices } from '../../shared/domain/inventory.ts';
import { readOk } from '../../shared/domain/read.ts';
import type { Judgement, VerdictKind } from '../../shared/domain/verdict.ts';
import type { Rule } from '../../shared/rules/define.ts';
import { judge } from '../../shared/rules/judge.ts';
import { ACCOUNT_ID, AT, denied, REGION } from './interfaces.ts';

export interface RuleCase {
  name: string;
  /** The slices that the rule needs, and no others. */
  slices: Partial<Slices>;
  /** By subject id, every subject that the rule judges: its verdict, or `fail:<state>`. */
  expect: Readonly<Record<string, VerdictKind | `fail:${string}`>>;
  at?: Date;
  minOrphanAgeMinutes?: number;
  corednsSecurityGroups?: readonly string[];
  probePorts?: readonly number[];
}

type Context = Partial<Pick<RuleCase, 'at' | 'minOrphanAgeMinutes' | 'corednsSecurityGroups' | 'probePorts'>>;

/** The table test of a rule, with what must hold of every rule: it is pure, and each of its judgements is complete. */
export function testRule(rule: Rule, cases: readonly RuleCase[]): void {
  describe(rule.meta.id, () => {
    it.each(cases)('$name', (each) => {
      const judgements = evaluate(rule, each);
      expect(Object.fromEntries(judgements.map((judgement) => [judgement.subject.id, printed(judgement)]))).toEqual(each.expect);
    });

    const [first] = cases;
    it.each(rule.needs)('is not called when %s could not be read', (slice) => {
      const inventory: Inventory = { ...read(first?.slices ?? {}), [slice]: denied(`test:Read${slice}`) };
      const { verdicts } = judge([rule], inventory, contextOf({}), () => []);
      expect(verdicts).toEqual([expect.objectContaining({ subject: { type: 'region', id: REGION }, verdict: 'unknown' })]);
    });
  });
}

/** What the rule says of one case. Throws where it breaks what every rule must keep. */
export function evaluate(rule: Rule, { slices, ...at }: Pick<RuleCase, 'slices'> & Context): readonly Judgement[] {
  expect(Object.keys(slices).sort()).toEqual([...rule.needs].sort());
  const given = deepFreeze(slices) as Slices;
  const judgements = rule.evaluate(given, contextOf(at));
  expect(rule.evaluate(given, contextOf(at))).toEqual(judgements);
  const subjects = judgements.map(({ subject }) => subject.id);
  expect(subjects).toEqual([...new Set(subjects)]);
  for (const judgement of judgements) expectComplete(rule, judgement);
  return judgements;
}

function expectComplete({ meta, evidence: schema }: Rule, { verdict, state, summary, evidence, remedy }: Judgement): void {
  expect(summary).not.toBe('');
  if (verdict !== 'fail') return;
  expect(remedy?.summary).toBeTruthy();
  const strict = v.strictObject(schema.entries);
  expect(v.safeParse(strict, JSON.parse(JSON.stringify(evidence))).issues).toBeUndefined();
  if (meta.states) expect(meta.states).toContain(state);
  else expect(state).toBeUndefined();
}

const printed = ({ verdict, state }: Judgement): string => (verdict === 'fail' && state ? `fail:${state}` : verdict);

const contextOf = ({ at = AT, minOrphanAgeMinutes = 30, corednsSecurityGroups = [], probePorts = [] }: Context) => ({
  target: { accountId: ACCOUNT_ID, region: REGION },
  at,
  minOrphanAgeMinutes,
  corednsSecurityGroups,
  probePorts,
});

const read = (slices: Partial<Slices>): Inventory =>
  Object.fromEntries((Object.keys(slices) as SliceName[]).map((name) => [name, readOk(slices[name], AT)]));

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const each of Object.values(value)) deepFreeze(each);
  }
  return value;
}
