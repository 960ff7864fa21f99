// What every bundle of the project has in common.
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BuildOptions } from 'esbuild';

export const ROOT = join(import.meta.dirname, '../..');

// What package.json's `engines` says. The command line uses Map.groupBy and Set's union, which Node has since 21 and 22.
export const OLDEST_NODE = 'node22';

export const BUNDLE = {
  absWorkingDir: ROOT,
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  // The SDK's ES modules shake; its CommonJS builds, which esbuild would take by default, do not.
  mainFields: ['module', 'main'],
  legalComments: 'none',
  // Half the size of an escape, and Node reads nothing else.
  charset: 'utf8',
  logLevel: 'warning',
  write: false,
} as const satisfies BuildOptions;

/** Puts a finished file in its place at once: two builds at the same time, and whoever reads meanwhile, never see half of one. */
export async function place(path: string, contents: Uint8Array, mode = 0o644): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  await writeFile(temporary, contents, { mode });
  await rename(temporary, path);
}
