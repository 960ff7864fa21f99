import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The path of a ledger file that does not exist yet, in a new directory. */
export async function newLedgerPath(): Promise<string> {
  return join(await mkdtemp(join(tmpdir(), 'sgp-warden-test-')), 'ledger.json');
}
