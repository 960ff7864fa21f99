import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { build, type Plugin } from 'esbuild';
import { BUNDLE, ROOT } from '../../../scripts/build/esbuild.ts';
import { environmentCredentials, literalSchemaKeys, writeOutKeys } from '../../../scripts/build/smaller-sdk.ts';

const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
const CLIENTS = Object.keys(dependencies).filter((name) => name.startsWith('@aws-sdk/client-'));

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sgp-warden-bundle-'));
});
afterAll(() => rm(directory, { recursive: true }));

let bundles = 0;
/** What a module made of this text exports, once bundled. */
async function bundled(text: string, plugins: Plugin[]): Promise<Record<string, unknown>> {
  bundles += 1;
  const outfile = join(directory, `${bundles}.mjs`);
  await build({ ...BUNDLE, minify: false, write: true, stdin: { contents: text, resolveDir: ROOT }, outfile, plugins });
  return (await import(pathToFileURL(outfile).href)) as Record<string, unknown>;
}

/** Schemas as text; they refer to one another by functions that only name them. */
const asText = (schemas: Record<string, unknown>): string =>
  JSON.stringify(schemas, (_, value: unknown) => (typeof value === 'function' ? String(value) : value));

describe('schemas with written keys', () => {
  it.each(CLIENTS)('are the same for %s', async (client) => {
    const everything = `export * from './node_modules/${client}/dist-es/schemas/schemas_0.js'`;
    const before = asText(await bundled(everything, []));
    expect(before.length).toBeGreaterThan(1000);
    // Not toBe: nobody reads a megabyte of difference.
    expect(asText(await bundled(everything, [literalSchemaKeys])) === before).toBe(true);
  });

  it('leave a key alone that is no constant of the module', () => {
    const text = ['const _xN = "xmlName";', 'const a = { [_xN]: _II, [_other]: 1, [x]: 2 };'].join('\n');
    expect(writeOutKeys(text)).toBe(['const _xN = "xmlName";', 'const a = { "xmlName": _II, [_other]: 1, [x]: 2 };'].join('\n'));
  });
});

describe('credentials from the environment', () => {
  const client =
    "import { STSClient } from '@aws-sdk/client-sts'; export const credentials = () => new STSClient({}).config.credentials();";
  const LAMBDA = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'token', AWS_REGION: 'eu-west-1' };
  const before = { ...process.env };
  afterAll(() => {
    process.env = before;
  });

  it('are those that Lambda hands to a function', async () => {
    const { credentials } = (await bundled(client, [environmentCredentials])) as { credentials: () => Promise<unknown> };
    process.env = { ...before, ...LAMBDA };
    expect(await credentials()).toMatchObject({ accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'token' });
  });

  it('are looked for nowhere else', async () => {
    const { credentials } = (await bundled(client, [environmentCredentials])) as { credentials: () => Promise<unknown> };
    process.env = { AWS_REGION: 'eu-west-1', AWS_PROFILE: 'somebody' };
    await expect(credentials()).rejects.toThrow('environment variable credentials');
  });
});
