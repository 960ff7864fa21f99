import type { AwsClients } from '../aws/clients.ts';
import type { Inventory, SliceName } from '../domain/inventory.ts';
import type { ReadFailure } from '../domain/read.ts';
import { type AnySlice, type CollectRequest, notAsked, type ReadContext } from './define.ts';
import { SLICES } from './slices.ts';

/**
 * Reads the slices that are needed, one after the other, each after those that it names and each answering for itself. What may be deleted is
 * read first and its owners second: a pod that is born in between cannot make its interface look abandoned.
 */
export function collect(clients: AwsClients, request: CollectRequest, clock: () => Date): Promise<Inventory> {
  return readSlices(SLICES, { clients, clock, request, described: new Map() });
}

/** The same for any list of slices. */
export async function readSlices(slices: readonly AnySlice[], context: ReadContext): Promise<Inventory> {
  const { needs, onProgress } = context.request;
  const inventory: Partial<Record<SliceName, unknown>> = {};
  for (const slice of inOrder(slices)) {
    if (!needs.has(slice.name)) continue;
    onProgress?.(`reading ${slice.reads}`);
    const read = inventory as Inventory;
    const why = whyNotAsked(slice, read);
    inventory[slice.name] = why ? notAsked(why) : await slice.read(context, read);
  }
  return inventory as Inventory;
}

/** Why a slice cannot be asked for: one that it comes after failed, or was not read at all, which must not look like an empty one. */
function whyNotAsked({ after, actions: [action = 'nothing'] }: AnySlice, read: Inventory): ReadFailure | undefined {
  for (const name of after) {
    const before = read[name];
    if (!before) return { cause: 'not-asked', action, message: `${name} was not read` };
    if (!before.ok) return before.reason;
  }
  return undefined;
}

/** Each after those that it names; otherwise in the order of the list. Throws for a circle: a defect of ours. */
export function inOrder(slices: readonly AnySlice[]): AnySlice[] {
  const ordered: AnySlice[] = [];
  const visit = (slice: AnySlice, above: readonly SliceName[]) => {
    if (above.includes(slice.name)) throw new Error(`slices come after one another in a circle: ${[...above, slice.name].join(', ')}`);
    if (ordered.includes(slice)) return;
    for (const name of [...slice.after, ...slice.beside]) {
      const before = slices.find((each) => each.name === name);
      if (before) visit(before, [...above, slice.name]);
    }
    ordered.push(slice);
  };
  for (const slice of slices) visit(slice, []);
  return ordered;
}
