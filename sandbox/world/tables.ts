import type { Table } from './messaging.ts';
import type { Place } from './place.ts';

/** An on-demand table of the ledger's shape: partition key `pk`, sort key `sk`, both texts. */
export function createTable({ state }: Place, name: string): Table {
  if (!/^[A-Za-z0-9_.-]{3,255}$/.test(name))
    throw new Error(`A table's name has 3 to 255 letters, digits, '_', '-' and '.'; it is "${name}".`);
  if (state.tables.has(name)) throw new Error(`The sandbox has a table ${name} already.`);
  const table: Table = { name };
  state.tables.set(name, table);
  return table;
}
