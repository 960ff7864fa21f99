import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ROOT } from '../../../scripts/build/esbuild.ts';
import { madeOnce } from '../../../scripts/build/made-once.ts';

const CACHE = join(ROOT, '.cache');
let source: string;
let made: string[];
beforeEach(async () => {
  await mkdir(CACHE, { recursive: true });
  source = await mkdtemp(join(CACHE, 'made-once-'));
  made = [];
  await writeFile(join(source, 'a.ts'), 'one');
});
afterEach(async () => {
  const left = (await readdir(CACHE)).filter((entry) => entry.startsWith(basename(source)));
  await Promise.all(left.map((entry) => rm(join(CACHE, entry), { recursive: true })));
});

const ask = (options: readonly string[] = []) =>
  madeOnce({
    name: basename(source),
    sources: [source.slice(ROOT.length + 1)],
    options,
    make: async (directory) => {
      made.push(directory);
      await writeFile(join(directory, 'made'), '');
      return { directory };
    },
  });

describe('what was made', () => {
  it('is made once, also for those who ask at the same time', async () => {
    const answers = await Promise.all([ask(), ask(), ask()]);
    expect(made).toHaveLength(1);
    expect(answers).toEqual([{ directory: made[0] }, { directory: made[0] }, { directory: made[0] }]);
    expect(await readdir(made[0] as string)).toContain('made');
  });

  it('is made again when a source, a file name or an option changes', async () => {
    await ask();
    await ask(['--stage=prod']);
    await writeFile(join(source, 'a.ts'), 'two');
    await ask();
    await writeFile(join(source, 'b.ts'), '');
    await ask();
    expect(new Set(made).size).toBe(4);
  });

  it('is not kept when making it fails, or was not finished', async () => {
    const failing = madeOnce({
      name: basename(source),
      sources: [source.slice(ROOT.length + 1)],
      make: async (directory) => {
        await writeFile(join(directory, 'half'), '');
        throw new Error('refused');
      },
    });
    await expect(failing).rejects.toThrow('refused');
    await ask();
    expect(await readdir(made[0] as string)).not.toContain('half');
  });

  it('goes when it is of other inputs and was not used for an hour', async () => {
    const { directory } = await ask();
    const before = new Date(Date.now() - 61 * 60_000);
    await utimes(join(directory, 'result.json'), before, before);
    await ask(['--stage=prod']);
    expect(await readdir(dirname(directory))).not.toContain(basename(directory));
  });
});
