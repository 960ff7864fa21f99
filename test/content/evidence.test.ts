import { expect, it } from '@jest/globals';
import { evidenceBlocks } from '../../shared/content/evidence.ts';
import { titlesOf } from '../../shared/domain/evidence/read.ts';
import { RULES } from '../../shared/rules/index.ts';

const TITLES = new Map([
  ['mode', 'Enforcing mode'],
  ['proofs', 'Proof'],
]);

it('shows each part under the title that its rule gives it, the first lines of it', () => {
  const blocks = evidenceBlocks({ mode: 'strict', proofs: [{ says: 'a' }, { says: 'b' }, { says: 'c' }] }, TITLES, 2);
  expect(blocks).toMatchObject([
    { kind: 'fact', key: 'mode', label: 'Enforcing mode', says: 'strict', detail: 'evidence' },
    { kind: 'section', key: 'proofs', heading: 'Proof', detail: 'evidence' },
  ]);
  expect(JSON.stringify(blocks)).toContain('and 1 more');
});

it('makes no label of a key that no rule knows', () => {
  expect(evidenceBlocks({ '*bold*': 1, 'a\nb': { c: 2 } }, TITLES)).toMatchObject([
    { kind: 'section', heading: 'Other evidence', blocks: [{ items: [{ text: '*bold*: 1' }, { text: 'a\nb: c 2' }] }] },
  ]);
});

it('never shows too much, whatever is in it', () => {
  const wide = Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`k${n}`, n]));
  expect(JSON.stringify(evidenceBlocks(wide, TITLES)).length).toBeLessThan(5_000);
});

it.each(RULES.map((rule) => [rule.meta.id, rule] as const))('%s has a title for every part of its evidence', (_, { evidence }) => {
  expect([...titlesOf(evidence)].filter(([key, title]) => title === key)).toEqual([]);
});
