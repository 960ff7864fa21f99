// What an SDK client costs beyond the calls that are made: half a megabyte of EC2 schemas, and ways to find credentials that a
// function does not have. Both make a cold start slower; test/scripts/build/smaller-sdk.test.ts proves that nothing else changes.
import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

const CONSTANT = /^const (_\w+) = ("[^"\\]*");$/gm;
const COMPUTED_KEY = /\[(_\w+)\]:/g;

/** The text of an SDK schema module with its computed keys written out: `{ [_xN]: … }` becomes `{ "xmlName": … }`. */
export function writeOutKeys(text: string): string {
  const literals = new Map([...text.matchAll(CONSTANT)].map(([, name, literal]) => [name, literal]));
  return text.replace(COMPUTED_KEY, (key, name: string) => (literals.has(name) ? `${literals.get(name)}:` : key));
}

/**
 * Computing a key might have side effects, so esbuild keeps the schemas of all 700 EC2 calls where one is used. A written key has none.
 * No gain for the CLI: it imports its commands when it needs them, and what is imported so is kept whole.
 */
export const literalSchemaKeys: Plugin = {
  name: 'literal-schema-keys',
  setup: ({ onLoad }) =>
    onLoad({ filter: /@aws-sdk[\\/].*[\\/]schemas[\\/]schemas_0\.js$/ }, async ({ path }) => ({
      contents: writeOutKeys(await readFile(path, 'utf8')),
      loader: 'js',
    })),
};

/**
 * Lambda hands a function its credentials in the environment, so profiles, SSO, processes and metadata services stay out of its
 * bundle. Not for programs that run elsewhere: the CLI needs them all.
 */
export const environmentCredentials: Plugin = {
  name: 'environment-credentials',
  setup: ({ onLoad }) =>
    onLoad({ filter: /@aws-sdk[\\/]credential-provider-node[\\/]dist-es[\\/]index\.js$/ }, () => ({
      contents: "import { fromEnv } from '@aws-sdk/credential-provider-env';\nexport const defaultProvider = (init) => fromEnv(init);\n",
      loader: 'js',
    })),
};
