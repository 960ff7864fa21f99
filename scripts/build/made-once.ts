// What takes seconds to make is made once for the same inputs, in .cache, whichever process asks first.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { lock } from 'proper-lockfile';
import { ROOT } from './esbuild.ts';

export interface Making<T> {
  /** The first part of the folder's name. */
  name: string;
  /** Files and folders, from the root of the project, that the result depends on. */
  sources: readonly string[];
  /** What else it depends on. */
  options?: readonly string[];
  /** Makes it in a folder of its own, which stays; what it gives is kept as JSON. */
  make: (directory: string) => Promise<T>;
}

// Written last: a folder without it is half made.
const RESULT = 'result.json';
const LONGEST_MS = 120_000;
const UNUSED_MS = 60 * 60_000;

/** What `make` gives, made when no process has made it of the same inputs yet. A failure is thrown and not kept. */
export async function madeOnce<T>({ name, sources, options = [], make }: Making<T>): Promise<T> {
  const directory = join(ROOT, '.cache', `${name}-${hashOf(sources, options)}`);
  const made = await resultIn<T>(directory);
  if (made) return made.result;

  await mkdir(dirname(directory), { recursive: true });
  const release = await lock(directory, {
    realpath: false,
    stale: 20_000,
    retries: { retries: LONGEST_MS / 200, factor: 1, minTimeout: 200, maxTimeout: 200 },
  });
  try {
    const meanwhile = await resultIn<T>(directory);
    if (meanwhile) return meanwhile.result;
    await removeUnused(dirname(directory), name);
    await rm(directory, { recursive: true, force: true });
    await mkdir(directory);
    const result = await make(directory);
    await writeFile(join(directory, RESULT), JSON.stringify(result));
    return result;
  } finally {
    await release();
  }
}

// The place counts, too: results name files by their absolute paths.
function hashOf(sources: readonly string[], options: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify([process.version, ROOT, options]));
  for (const path of sources.flatMap(filesOf).sort()) hash.update(`\0${path}\0`).update(readFileSync(join(ROOT, path)));
  return hash.digest('hex').slice(0, 16);
}

const filesOf = (path: string): readonly string[] =>
  statSync(join(ROOT, path)).isDirectory()
    ? readdirSync(join(ROOT, path), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length + 1))
    : [path];

async function resultIn<T>(directory: string): Promise<{ result: T } | undefined> {
  const path = join(directory, RESULT);
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const now = new Date();
  await utimes(path, now, now).catch(() => undefined);
  return { result: JSON.parse(text) as T };
}

/** Removes what was made of other inputs and not used for a while. */
async function removeUnused(cache: string, name: string): Promise<void> {
  const before = Date.now() - UNUSED_MS;
  for (const entry of await readdir(cache)) {
    if (!entry.startsWith(`${name}-`) || entry.endsWith('.lock')) continue;
    const used = await stat(join(cache, entry, RESULT)).catch(() => undefined);
    if (used && used.mtimeMs < before) await rm(join(cache, entry), { recursive: true, force: true });
  }
}
