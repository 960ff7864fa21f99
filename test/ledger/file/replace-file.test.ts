import { readdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { replaceFile } from '../../../shared/ledger/file/replace-file.ts';
import { fileStore } from '../../../shared/ledger/file/store.ts';
import { putSighting, TARGET } from '../builders.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-'));
  path = join(folder, 'ledger.json');
});
afterEach(() => rm(folder, { recursive: true }));

const fine = async () => undefined;

describe('replaceFile', () => {
  it('makes a file, and replaces it', async () => {
    await replaceFile(path, 'old', fine);
    await replaceFile(path, 'new', fine);
    expect(await readFile(path, 'utf8')).toBe('new');
    expect(await readdir(folder)).toEqual(['ledger.json']);
  });

  it('keeps the old text, and nothing else, when the last look says no', async () => {
    await replaceFile(path, 'old', fine);
    const no = async () => {
      expect(await readFile(path, 'utf8')).toBe('old');
      throw new Error('no');
    };
    await expect(replaceFile(path, 'new', no)).rejects.toThrow('no');
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['ledger.json']);
  });
});

it('a ledger that somebody changed in spite of the lock is not overwritten', async () => {
  const store = await fileStore(path);
  await store.write(TARGET, [putSighting(0)]);
  // Big enough to be met while it is on its way to the disk.
  const slow = store.write(TARGET, [putSighting(1, { fingerprint: 'f'.repeat(20_000_000) })]).catch((error: unknown) => error);
  while (!readdirSync(folder).some((name) => name.endsWith('.tmp'))) await setImmediate();
  writeFileSync(path, 'theirs');
  expect(await slow).toMatchObject({ name: 'ConfigError', message: expect.stringContaining('another run changed it meanwhile') });
  expect(await readFile(path, 'utf8')).toBe('theirs');
  expect(await readdir(folder)).toEqual(['ledger.json']);
});
