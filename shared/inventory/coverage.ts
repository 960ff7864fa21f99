import type { Inventory, SliceCoverage } from '../domain/inventory.ts';
import { describeFailure } from '../domain/read.ts';
import type { Coverage } from '../findings/audit-report.ts';
import { SLICES } from './slices.ts';

/** What of each slice that was read could not be read, item by item. */
export const sliceCoverage = (inventory: Inventory): SliceCoverage[] =>
  SLICES.flatMap(({ name, failures }) => {
    const read = inventory[name];
    if (!read) return [];
    return [{ slice: name, failures: read.ok ? failures(read.value as never) : [read.reason] }];
  });

/** One line per slice, as the report prints it. */
export const printedCoverage = (coverage: readonly SliceCoverage[]): Coverage[] =>
  coverage.map(({ slice, failures: [first, ...more] }) => {
    if (!first) return { slice, ok: true };
    return { slice, ok: false, reason: `${describeFailure(first)}${more.length > 0 ? ` (and ${more.length} more)` : ''}` };
  });
