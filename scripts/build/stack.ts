// What `npm run deploy` sends to CloudFormation, packaged with nothing of the caller's environment: the template, and the functions.
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from './esbuild.ts';
import { type BuiltFunction, buildFunctions } from './functions.ts';
import { madeOnce } from './made-once.ts';

export interface Resource {
  Type: string;
  Condition?: string;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
  Properties: Readonly<Record<string, unknown>>;
}

export interface Parameter {
  Type: string;
  Default: string;
  MinValue?: number;
  MaxValue?: number;
  AllowedPattern?: string;
  AllowedValues?: readonly string[];
}

export interface Template {
  Parameters: Readonly<Record<string, Parameter>>;
  Resources: Readonly<Record<string, Resource>>;
  Outputs: Readonly<Record<string, unknown>>;
}

export interface PackagedStack {
  /** The compiled template as a file, and parsed. */
  path: string;
  text: string;
  template: Template;
  functions: readonly BuiltFunction[];
}

const OSLS = 'node_modules/osls/bin/serverless.js';
// All that osls reads besides the functions.
const STACK = ['serverless.yml', 'infra', 'package.json'];
const TOOLS = ['scripts/build', 'package-lock.json'];

/** The functions, bundled and zipped, built once for the same sources. */
export const builtFunctions = (): Promise<readonly BuiltFunction[]> =>
  madeOnce({ name: 'functions', sources: ['functions', 'shared', 'package.json', ...TOOLS], make: buildFunctions });

/** The stack as `osls package` makes it with these arguments (`--param=CLEANUP_MODE=auto`), once for the same sources; throws what osls says when it refuses. */
export async function packagedStack(...args: readonly string[]): Promise<PackagedStack> {
  const functions = await builtFunctions();
  const { path } = await madeOnce({
    name: 'stack',
    // Only the names of the functions' zips are in the template.
    sources: [...STACK, ...TOOLS],
    options: [...args, ...functions.map(({ name }) => name)],
    make: async (directory) => ({ path: await compiled(directory, args, functions) }),
  });
  const text = await readFile(path, 'utf8');
  return { path, text, template: JSON.parse(text) as Template, functions };
}

async function compiled(directory: string, args: readonly string[], functions: readonly BuiltFunction[]): Promise<string> {
  const project = await mkdtemp(join(tmpdir(), 'sgp-warden-stack-'));
  try {
    await Promise.all(STACK.map((each) => cp(join(ROOT, each), join(project, each), { recursive: true })));
    await mkdir(join(project, 'dist/functions'), { recursive: true });
    await Promise.all(functions.map(({ artifact }) => cp(artifact, join(project, 'dist/functions', basename(artifact)))));
    // No credentials, no profile, no region.
    const env = { PATH: process.env.PATH ?? '', HOME: project };
    await promisify(execFile)(process.execPath, [join(ROOT, OSLS), 'package', ...args], { cwd: project, env });
    const path = join(directory, 'template.json');
    await cp(join(project, '.serverless/cloudformation-template-update-stack.json'), path);
    return path;
  } finally {
    await rm(project, { recursive: true });
  }
}
