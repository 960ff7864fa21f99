// npm run build: the CLI as one file, and one deployment package per function. Prints how big they are.
import { relative } from 'node:path';
import { buildCli } from './build/cli.ts';
import { ROOT } from './build/esbuild.ts';
import { buildFunctions } from './build/functions.ts';

const kilobytes = (bytes: number): string => `${(bytes / 1024).toFixed(0)} KB`.padStart(8);
const say = (path: string, bytes: number): boolean => process.stderr.write(`${kilobytes(bytes)}  ${relative(ROOT, path)}\n`);

const [cli, functions] = await Promise.all([buildCli(), buildFunctions()]);
say(cli.path, cli.bytes);
for (const { bundle, bytes, artifact, artifactBytes } of functions) {
  say(bundle, bytes);
  say(artifact, artifactBytes);
}
