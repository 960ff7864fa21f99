import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fileStore } from '../../../shared/ledger/file/store.ts';
import { printLedger } from '../../../shared/ledger/format.ts';
import { putSighting, recordOf, TARGET } from '../builders.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-'));
  path = join(folder, 'ledger.json');
});
afterEach(() => rm(folder, { recursive: true }));

const script = (name: string) => join(import.meta.dirname, name);

/** A process of its own, and all that it has printed so far. */
function start(command: string, args: readonly string[]) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const run = { child, printed: '', ended: once(child, 'close') };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    run.printed += text;
  });
  return run;
}

const writing = (times: number) => start(process.execPath, [script('write-loop.ts'), path, String(times)]);
const versionNow = async () => (await (await fileStore(path)).load(TARGET))[0]?.version ?? 0;

describe('a ledger file among processes', () => {
  it('lets several processes count without losing a write', async () => {
    const runs = Array.from({ length: 3 }, () => writing(15));
    await Promise.all(runs.map((run) => run.ended));
    const won = runs.flatMap((run) => run.printed.trim().split('\n').map(Number));
    expect(won.sort((a, b) => a - b)).toEqual(Array.from({ length: 45 }, (_, index) => index + 1));
    expect(await versionNow()).toBe(45);
    expect(await readdir(folder)).toEqual(['ledger.json']);
  });

  it('is whole whenever it is read, and after a kill at any moment holds at least what was acknowledged', async () => {
    for (let kill = 0; kill < 8; kill += 1) {
      const before = await versionNow();
      const run = writing(Number.POSITIVE_INFINITY);
      while ((await versionNow()) <= before + 3) await setTimeout(1);
      await setTimeout(Math.random() * 20);
      run.child.kill('SIGKILL');
      await run.ended;
      const acknowledged = Number(run.printed.trim().split('\n').at(-1));
      // Whoever was killed between the rename and the print did write.
      expect([acknowledged, acknowledged + 1]).toContain(await versionNow());
      expect(JSON.parse(await readFile(path, 'utf8'))).toHaveProperty('format');
      // The next run would wait until this lock is stale; once is enough, in the last step.
      if (kill < 7) await rm(`${path}.lock`, { recursive: true, force: true });
    }
    const next = await (await fileStore(path)).write(TARGET, [putSighting(await versionNow())]);
    expect(next).toMatchObject([{ written: true }]);
  });
});

const oneRecord = () => printLedger(new Map([['111122223333/eu-west-1', new Map([['sighting/eni-1', recordOf(putSighting(0))]])]]));
const writeOnce = async (limits: string, user = '') => {
  const run = start('/bin/sh', ['-c', `${limits}; exec "$0" "$@"`, process.execPath, script('write-once.ts'), path, user]);
  await run.ended;
  return run.printed;
};

describe('a ledger file that cannot be written', () => {
  it('stays what it was when the disk takes only half of the new one', async () => {
    await writeFile(path, oneRecord());
    expect(await writeOnce('ulimit -f 64')).toMatch(/^ConfigError: ledger .*: writing it failed: .*EFBIG.*; the ledger is as it was/);
    expect(await readFile(path, 'utf8')).toBe(oneRecord());
    expect(await readdir(folder)).toEqual(['ledger.json']);
    expect(await writeOnce('true')).toBe('written');
  });

  const NOBODY = '65534';
  it.each<[string, number, number, RegExp]>([
    ['read', 0o755, 0o000, /^ConfigError: ledger .*: access to .*ledger\.json failed: permission denied/],
    ['changed', 0o755, 0o444, /^ConfigError: ledger .*: access to .*ledger\.json failed: permission denied/],
    ['replaced in its folder', 0o555, 0o666, /^ConfigError: ledger .*: access to .*ledger-\w+ failed: permission denied/],
    ['found', 0o000, 0o666, /^ConfigError: ledger .*: looking for it failed: permission denied/],
  ])('is refused before anything is read of AWS when it may not be %s', async (_, folderMode, fileMode, message) => {
    await writeFile(path, oneRecord());
    await chmod(path, fileMode);
    await chmod(folder, folderMode);
    expect(await writeOnce('true', NOBODY)).toMatch(message);
    await chmod(folder, 0o755);
    await chmod(path, 0o644);
    expect(await readFile(path, 'utf8')).toBe(oneRecord());
  });
});
