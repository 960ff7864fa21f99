import { writeFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { fileStore, fileTargets } from '../../../shared/ledger/file/store.ts';
import { newLedgerPath } from '../../support/ledger-file.ts';
import { putSighting, TARGET } from '../builders.ts';

describe('the targets of a ledger file', () => {
  it('are every account and region that something was written for', async () => {
    const path = await newLedgerPath();
    const store = await fileStore(path);
    const elsewhere = { accountId: '444455556666', region: 'us-gov-west-1' };
    for (const target of [TARGET, elsewhere]) await store.write(target, [putSighting(0)]);
    expect(await fileTargets(path)).toEqual([TARGET, elsewhere]);
  });

  it('are none where there is no file, and nothing is made', async () => {
    const path = await newLedgerPath();
    expect(await fileTargets(path)).toEqual([]);
    expect(await fileTargets(path)).toEqual([]);
  });

  it('are not guessed from a file that is no ledger', async () => {
    const path = await newLedgerPath();
    await writeFile(path, '{}');
    await expect(fileTargets(path)).rejects.toThrow('it is not a ledger');
  });
});
