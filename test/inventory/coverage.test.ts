import { describe, expect, it } from '@jest/globals';
import type { Inventory, SliceName } from '../../shared/domain/inventory.ts';
import { readFailed, readOk } from '../../shared/domain/read.ts';
import { sliceCoverage } from '../../shared/inventory/coverage.ts';
import { SLICES } from '../../shared/inventory/slices.ts';
import { RULES } from '../../shared/rules/index.ts';
import { AT } from '../support/interfaces.ts';

// What is not read from AWS, and so cannot fail there.
const OURS: readonly SliceName[] = ['sightings', 'coverage'];
const READ = [...new Set<SliceName>([...RULES.flatMap(({ needs }) => needs), 'absentees'])].filter((slice) => !OURS.includes(slice));
const denied = { cause: 'denied', action: 'ec2:DescribeAnything', message: 'no' } as const;

describe('a failed read is always a gap', () => {
  it.each(READ)('of the slice %s', (slice) => {
    const inventory: Inventory = { [slice]: readFailed(denied) };
    expect(sliceCoverage(inventory)).toEqual([{ slice, failures: [denied] }]);
  });

  const WHOLE: readonly SliceName[] = ['branchEnis', 'trunkEnis', 'podEnis', 'taggedGroups', 'pins'];
  it.each(SLICES.map(({ name }) => name).filter((name) => !WHOLE.includes(name)))('of one item of the slice %s', (slice) => {
    const one = { ...denied, item: 'the-second' };
    const inventory: Inventory = { [slice]: readOk({ 'the-first': readOk({}, AT), 'the-second': readFailed(one) }, AT) };
    expect(sliceCoverage(inventory)).toEqual([{ slice, failures: [one] }]);
  });
});
