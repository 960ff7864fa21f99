import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const ROOT = join(import.meta.dirname, '../..');

/** The text of one of the project's files. */
export const textOf = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

// From the folder itself, not from git: an unpacked archive must pass as well, and so must a file that is not added yet.
const ignored = ['.git/', '.git', ...textOf('.gitignore').split('\n')]
  .filter((line) => line !== '')
  .map((line) => new RegExp(`^${line.replaceAll('.', '\\.').replaceAll('*', '.*')}$`));

function walk(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = entry.isDirectory() ? `${entry.name}/` : entry.name;
    if (ignored.some((pattern) => pattern.test(name))) return [];
    if (entry.isDirectory()) return walk(`${folder}${name}`);
    // A link leads out of the project.
    return entry.isFile() ? [`${folder}${name}`] : [];
  });
}

/** Every file of the project that git does not ignore, by its path from the root. */
export const FILES: readonly string[] = walk('');

/** The TypeScript files of some folders. */
export const sources = (...folders: string[]): readonly string[] =>
  FILES.filter((path) => path.endsWith('.ts') && folders.some((folder) => path.startsWith(`${folder}/`)));
