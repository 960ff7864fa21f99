// Which suites `npm run check` leaves to `npm test`. A suite says so itself, by what it imports.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
// Another process, or the time to bundle and package.
const SLOW = new Set(['node:child_process', 'node:worker_threads', 'esbuild']);
// Whole stories: minutes of work even where one process does it all.
const STORIES = /^test\/(scenarios|moto)\//;
// Types load nothing. Formatted code begins its imports at the start of a line.
const IMPORT = /^(?:import|export)\s+(?!type\b)(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm;

const importsIn = (path: string): readonly string[] =>
  existsSync(join(ROOT, path)) ? [...readFileSync(join(ROOT, path), 'utf8').matchAll(IMPORT)].flatMap(([, named]) => named ?? []) : [];

/** Why a suite is too slow for `npm run check`: the files that lead from it to what is slow; undefined: it is not. */
export function slowness(suite: string, imports: (path: string) => readonly string[] = importsIn): readonly string[] | undefined {
  if (STORIES.test(suite)) return [suite];
  const trails = new Map<string, readonly string[]>([[suite, [suite]]]);
  for (const [path, trail] of trails) {
    for (const named of imports(path)) {
      if (SLOW.has(named)) return [...trail, named];
      const to = posix.join(posix.dirname(path), named);
      if (named.startsWith('.') && !trails.has(to)) trails.set(to, [...trail, to]);
    }
  }
  return undefined;
}

/** The suites of the project, from its root. */
export const suites = (): readonly string[] =>
  readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.test.ts'))
    .map((path) => `test/${path}`)
    .sort();

/** The suites that `npm run check` runs. */
export function fastSuites(): readonly string[] {
  const known = new Map<string, readonly string[]>();
  const imports = (path: string) => {
    const found = known.get(path) ?? importsIn(path);
    known.set(path, found);
    return found;
  };
  return suites().filter((suite) => !slowness(suite, imports));
}
