// The CLI as one file, so that an installed package needs no dependencies and starts fast.
import { join } from 'node:path';
import { build } from 'esbuild';
import { BUNDLE, OLDEST_NODE, place, ROOT } from './esbuild.ts';

/** Bundles the CLI into a file. */
export async function buildCli(path = join(ROOT, 'dist/sgp-warden.mjs')): Promise<{ path: string; bytes: number }> {
  const { outputFiles } = await build({
    ...BUNDLE,
    entryPoints: ['cli/main.ts'],
    outfile: path,
    target: OLDEST_NODE,
    // proper-lockfile and what it needs are CommonJS and call require for node's own modules.
    banner: { js: "import { createRequire as nodeRequire } from 'node:module'; const require = nodeRequire(import.meta.url);" },
    // Unlike a function's, this file is handed on: the licences of what is in it go with it.
    legalComments: 'linked',
  });
  for (const file of outputFiles) await place(file.path, file.contents, file.path === path ? 0o755 : 0o644);
  return { path, bytes: outputFiles.find((file) => file.path === path)?.contents.length ?? 0 };
}
