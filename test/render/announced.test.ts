import { describe, expect, it } from '@jest/globals';
import { ANNOUNCED, aboutOf, announceOf, brief, labelsOf } from '../../shared/render/announced.ts';
import { GOLDENS } from './goldens.ts';

const ONES = Object.entries(GOLDENS).flatMap(([name, batch]) => (batch.length === 1 && batch[0] ? [[name, batch[0]] as const] : []));

it('lists every kind once', () => {
  expect(new Set(ANNOUNCED.map(({ kind }) => kind)).size).toBe(ANNOUNCED.length);
  expect(new Set(ONES.map(([, { kind }]) => kind))).toEqual(new Set(ANNOUNCED.map(({ kind }) => kind)));
});

describe.each(ONES)('%s', (_, one) => {
  it('has labels of its kind and place, something that it is about, and one line that says it', () => {
    const { accountId: account, region } = one.target;
    expect(labelsOf(one)).toMatchObject({ kind: one.kind, account, region });
    expect([aboutOf(one), brief(one)].every((text) => text !== '')).toBe(true);
  });

  it('says in its machine-readable form when it happened, and less without details', () => {
    const [whole, short] = [true, false].map((details) => announceOf(one).machine(one, details));
    expect(typeof whole?.at).toBe('string');
    expect(JSON.stringify(short).length).toBeLessThanOrEqual(JSON.stringify(whole).length);
  });
});
