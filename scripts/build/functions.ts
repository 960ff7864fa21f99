// One deployment package per function: dist/functions/<name>.zip, which serverless.yml names, and what is in it, to run as it is.
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { type Zippable, zipSync } from 'fflate';
import { BUNDLE, place, ROOT } from './esbuild.ts';
import { environmentCredentials, literalSchemaKeys } from './smaller-sdk.ts';

export interface BuiltFunction {
  name: string;
  /** The module that Lambda loads; it exports `handler`. */
  bundle: string;
  bytes: number;
  /** The zip with that module in it. */
  artifact: string;
  artifactBytes: number;
  /** What was bundled, as paths from the root of the project. */
  inputs: readonly string[];
}

// The oldest time that a zip can state, in local time as zips have it: the same sources give the same bytes everywhere, so that a
// deployment without a change of code changes nothing.
const EPOCH = new Date(1980, 0, 1);
const READABLE_FILE = 0o100644;
const UNIX = 3;

/** Bundles every file in functions/. */
export async function buildFunctions(directory = join(ROOT, 'dist/functions')): Promise<readonly BuiltFunction[]> {
  const files = (await readdir(join(ROOT, 'functions'))).filter((file) => file.endsWith('.ts')).sort();
  return Promise.all(files.map((file) => buildFunction(basename(file, '.ts'), directory)));
}

async function buildFunction(name: string, directory: string): Promise<BuiltFunction> {
  const bundle = join(directory, name, 'index.mjs');
  const { outputFiles, metafile } = await build({
    ...BUNDLE,
    entryPoints: [`functions/${name}.ts`],
    outfile: bundle,
    target: 'node24',
    plugins: [literalSchemaKeys, environmentCredentials],
    // Kept beside the bundle, not shipped: Lambda would need NODE_OPTIONS to read it, and pay for it at every error that is caught.
    sourcemap: 'external',
    metafile: true,
  });
  for (const file of outputFiles) await place(file.path, file.contents);
  const contents = outputFiles.find((file) => file.path === bundle)?.contents ?? new Uint8Array();
  const artifact = join(directory, `${name}.zip`);
  const zip = zipped({ 'index.mjs': contents });
  await place(artifact, zip);
  return { name, bundle, bytes: contents.length, artifact, artifactBytes: zip.length, inputs: Object.keys(metafile.inputs) };
}

const zipped = (files: Zippable): Uint8Array => zipSync(files, { level: 9, mtime: EPOCH, os: UNIX, attrs: READABLE_FILE << 16 });
