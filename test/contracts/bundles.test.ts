import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { unzipSync } from 'fflate';
import { type BuiltFunction, buildFunctions } from '../../scripts/build/functions.ts';
import type { PackagedStack } from '../../scripts/build/stack.ts';
import { environmentOf, packageKind } from './packaged-stack.ts';
import { FILES, textOf } from './source-files.ts';

// What Lambda loads at a cold start. With the whole of the SDK's clients `audit` is 1063 KB and takes three times as long. Of what it is now,
// the path proofs are 90 KB and SQS's client, to ask for cleanups, is 47 KB, which a clock cannot tell from noise; CloudWatch's client is 40 KB,
// and loading it takes some 8 ms of 85 (fastest of 25). Slack is 24 KB of ours and 17 KB of the client that reads its secret: 4 ms of 87.
const MAX_BYTES = 690 * 1024;
const FUNCTIONS = FILES.filter((path) => /^functions\/.*\.ts$/.test(path)).map((path) => path.replace(/^functions\/(.*)\.ts$/, '$1'));

// Slack waits for three seconds, a cold start included. What counts is what is ours to keep small: AWS's clients are the same everywhere.
// 3 KB of it is what settings mean, in words: they stand where their schemas are, so that a setting is written once.
const MAX_OWN_BYTES_OF_A_CLICK = 64_000;
const AWS_CLIENT = /^node_modules\/(?:@aws-sdk|@smithy|@aws-crypto|@aws|tslib|bowser|fast-xml-\w+|@nodable|strnum|mnemonist|obliterator)\//;

// A kind that has all of them.
let stack: PackagedStack;
let again: string;
beforeAll(async () => {
  again = await mkdtemp(join(tmpdir(), 'sgp-warden-bundles-'));
  [stack] = await Promise.all([packageKind({ mode: 'auto', slack: true }), buildFunctions(again)]);
});
afterAll(() => rm(again, { recursive: true }));

const built = (name: string): BuiltFunction => {
  const found = stack.functions.find((each) => each.name === name);
  if (!found) throw new Error(`${name} was not built`);
  return found;
};

/** Loads a bundle as Lambda does: in a process of its own, with the environment that the stack states and nothing else. */
async function loaded(name: string): Promise<{ type: string; parameters: number; stderr: string }> {
  const { bundle } = built(name);
  const look = `const { handler } = await import(${JSON.stringify(pathToFileURL(bundle).href)});
    console.log(JSON.stringify({ type: typeof handler, parameters: handler.length }));`;
  const env = environmentOf(stack.template, name);
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', look], { env });
  return { ...(JSON.parse(stdout) as { type: string; parameters: number }), stderr };
}

describe.each(FUNCTIONS)('the bundle of %s', (name) => {
  it('loads with the environment of the stack, silently, and has a handler that nodejs24.x accepts: two parameters at most', async () => {
    const { type, parameters, stderr } = await loaded(name);
    expect({ type, stderr }).toEqual({ type: 'function', stderr: '' });
    // A third one is a callback, which that runtime refuses at every invocation; tests that call the function never notice.
    expect(parameters).toBeLessThanOrEqual(2);
  });

  it(`is smaller than ${MAX_BYTES / 1024} KB`, () => {
    expect(built(name).bytes).toBeLessThan(MAX_BYTES);
  });

  it('is made of what is shipped: no test, no sandbox, no command line, no package for developers', () => {
    const { packages } = JSON.parse(textOf('package-lock.json')) as { packages: Record<string, { dev?: boolean }> };
    const shipped = (path: string): boolean => {
      const library = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
      return library ? packages[library]?.dev !== true : /^(?:functions|shared)\//.test(path);
    };
    expect(shipped('sandbox/index.ts') || shipped('node_modules/jest/build/index.js')).toBe(false);
    expect(built(name).inputs.filter((path) => !shipped(path))).toEqual([]);
  });

  it('asks for no module at run time that only CommonJS could give', () => {
    expect(readFileSync(built(name).bundle, 'utf8')).not.toContain('Dynamic require of');
  });

  it('is all that its zip holds, readable to everybody', () => {
    const zip = readFileSync(built(name).artifact);
    const entries = unzipSync(zip);
    expect(Object.keys(entries)).toEqual(['index.mjs']);
    expect(Buffer.from(entries['index.mjs'] ?? []).equals(readFileSync(built(name).bundle))).toBe(true);
    // The attributes of the first entry in the directory at the end: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT 4.3.12
    const directory = zip.indexOf(Buffer.from('PK\u0001\u0002', 'latin1'));
    expect((zip.readUInt32LE(directory + 38) >>> 16) & 0o777).toBe(0o644);
  });
});

it(`what a click loads besides clients of AWS is smaller than ${MAX_OWN_BYTES_OF_A_CLICK / 1000} KB`, () => {
  const own = Object.entries(built('onSlackAction').bytesOf).filter(([path]) => !AWS_CLIENT.test(path));
  expect(own.length).toBeGreaterThan(0);
  expect(own.reduce((sum, [, bytes]) => sum + bytes, 0)).toBeLessThan(MAX_OWN_BYTES_OF_A_CLICK);
});

it('the same sources give the same zips', async () => {
  const names = (await readdir(again)).filter((file) => file.endsWith('.zip')).sort();
  expect(names).toEqual(FUNCTIONS.map((name) => `${name}.zip`).sort());
  for (const name of names) {
    const first = await readFile(built(name.replace('.zip', '')).artifact);
    expect(first.equals(await readFile(join(again, name)))).toBe(true);
  }
});
