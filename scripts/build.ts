// Bundles the CLI into one file, so that an installed package needs no dependencies and starts fast.
import { chmodSync } from 'node:fs';
import { build } from 'esbuild';

const OUTFILE = 'dist/sgp-warden.mjs';

await build({
  entryPoints: ['cli/main.ts'],
  outfile: OUTFILE,
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  // The SDK's ES modules shake; its CommonJS builds, which esbuild would take by default, do not.
  mainFields: ['module', 'main'],
  // Some dependencies are CommonJS and call require for node's own modules.
  banner: { js: "import { createRequire as nodeRequire } from 'node:module'; const require = nodeRequire(import.meta.url);" },
  legalComments: 'linked',
  logLevel: 'warning',
});
chmodSync(OUTFILE, 0o755);
process.stderr.write(`built ${OUTFILE}\n`);
