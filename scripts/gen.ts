// npm run gen writes every generated file; npm run gen -- --check exits with 1 and names those that are stale.
import { join } from 'node:path';
import { generatedFiles, isCurrent, writeGenerated } from './gen/generated-files.ts';

const root = join(import.meta.dirname, '..');
const unknown = process.argv.slice(2).filter((argument) => argument !== '--check');

if (unknown.length > 0) {
  process.stderr.write(`gen does not know ${unknown.join(' ')}; use: npm run gen, or npm run gen -- --check\n`);
  process.exitCode = 2;
} else if (process.argv.includes('--check')) {
  const stale = (await generatedFiles(root)).filter((file) => !isCurrent(file));
  for (const { path, is } of stale) process.stderr.write(`${path} is ${is === undefined ? 'missing' : 'stale; run: npm run gen'}\n`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const path of await writeGenerated(root)) process.stderr.write(`wrote ${path}\n`);
}
