import { PATH_ITEM_SLICES } from '../inventory/collect-paths.ts';
import type { Inventory, SliceCoverage } from '../model/inventory.ts';
import { describeFailure, type ItemReads, type Read, type ReadFailure } from '../model/read.ts';
import type { Coverage } from '../model/report.ts';

const failuresOf = (items: ItemReads<unknown>): ReadFailure[] => Object.values(items).flatMap((read) => (read.ok ? [] : [read.reason]));

const coverageOf = <T>(slice: string, read: Read<T> | undefined, items: (value: T) => ReadFailure[] = () => []): SliceCoverage[] => {
  if (!read) return [];
  return [{ slice, failures: read.ok ? items(read.value) : [read.reason] }];
};

/** What of each slice that was read could not be read, item by item. */
export function sliceCoverage(inventory: Inventory): SliceCoverage[] {
  const { branchEnis, trunkEnis, clusters, trunks, instances, pins, absentees } = inventory;
  return [
    ...coverageOf('branchEnis', branchEnis),
    ...coverageOf('trunkEnis', trunkEnis),
    ...coverageOf('clusters', clusters, failuresOf),
    ...coverageOf('trunks', trunks, failuresOf),
    ...coverageOf('instances', instances, failuresOf),
    ...coverageOf('pins', pins, (value) => [value.securityGroups, value.subnets, value.vpcs].flatMap(failuresOf)),
    ...coverageOf('absentees', absentees, failuresOf),
    ...coverageOf('podEnis', inventory.podEnis),
    ...coverageOf('taggedGroups', inventory.taggedGroups),
    ...PATH_ITEM_SLICES.flatMap((slice) => coverageOf<ItemReads<unknown>>(slice, inventory[slice], failuresOf)),
  ];
}

/** One line per slice, as the report prints it. */
export const printedCoverage = (coverage: readonly SliceCoverage[]): Coverage[] =>
  coverage.map(({ slice, failures: [first, ...more] }) => {
    if (!first) return { slice, ok: true };
    return { slice, ok: false, reason: `${describeFailure(first)}${more.length > 0 ? ` (and ${more.length} more)` : ''}` };
  });
