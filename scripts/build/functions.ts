// One deployment package per function: dist/functions/<name>.zip, which serverless.yml names, and what is in it, to run as it is.
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { zipSync } from 'fflate';
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
  /** The files that something is left of in the bundle, as paths from the root of the project. */
  inputs: readonly string[];
  /** How much is left of each. */
  bytesOf: Readonly<Record<string, number>>;
}

// The oldest time that a zip can state, in local time as zips have it: the same sources give the same bytes everywhere, so that a
// deployment without a change of code changes nothing.
const EPOCH = new Date(1980, 0, 1);
const READABLE_FILE = 0o100644;
const UNIX = 3;

const bytesOf = ({ inputs }: Metafile['outputs'][string]): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [[path, bytesInOutput]] : [])));

/** Bundles every file in functions/. */
export async function buildFunctions(directory = join(ROOT, 'dist/functions')): Promise<readonly BuiltFunction[]> {
  const files = (await readdir(join(ROOT, 'functions'))).filter((file) => file.endsWith('.ts')).sort();
  const names = files.map((file) => basename(file, '.ts'));
  const { outputFiles, metafile } = await build({
    ...BUNDLE,
    entryPoints: names.map((name) => ({ in: `functions/${name}.ts`, out: `${name}/index` })),
    outdir: directory,
    outExtension: { '.js': '.mjs' },
    target: 'node24',
    plugins: [literalSchemaKeys, environmentCredentials],
    // Kept beside the bundle, not shipped: Lambda would need NODE_OPTIONS to read it, and pay for it at every error that is caught.
    sourcemap: 'external',
    metafile: true,
  });
  await Promise.all(outputFiles.map((file) => place(file.path, file.contents)));
  return Promise.all(
    names.map((name) => {
      const bundle = join(directory, name, 'index.mjs');
      const contents = outputFiles.find((file) => file.path === bundle)?.contents;
      const output = Object.values(metafile.outputs).find(({ entryPoint }) => entryPoint === `functions/${name}.ts`);
      if (!contents || !output) throw new Error(`esbuild made nothing of functions/${name}.ts`);
      return packed(name, bundle, contents, bytesOf(output));
    }),
  );
}

async function packed(name: string, bundle: string, contents: Uint8Array, left: BuiltFunction['bytesOf']): Promise<BuiltFunction> {
  const artifact = join(dirname(dirname(bundle)), `${name}.zip`);
  const zip = zipSync({ 'index.mjs': contents }, { level: 9, mtime: EPOCH, os: UNIX, attrs: READABLE_FILE << 16 });
  await place(artifact, zip);
  return { name, bundle, bytes: contents.length, artifact, artifactBytes: zip.length, inputs: Object.keys(left), bytesOf: left };
}
