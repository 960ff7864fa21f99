import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const PARTS = [
  'shared',
  'scripts',
  'docs',
  'infra',
  'serverless.yml',
  'test/support',
  'package.json',
  'tsconfig.json',
  'biome.json',
  'jest.config.mjs',
  '.gitignore',
];

export interface Checkout {
  path: string;
  run: (...args: string[]) => { status: number | null; says: string };
  remove: () => void;
}

/** A copy of the project that a test may change: the scripts write into the checkout that they live in. */
export function checkout(): Checkout {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'sgp-warden-')));
  for (const part of PARTS) cpSync(join(ROOT, part), join(path, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(path, 'node_modules'));
  const sections = ['permissions', 'rules', 'settings'].map((name) => `<!-- generated:${name} -->\n<!-- /generated:${name} -->\n`);
  writeFileSync(join(path, 'README.md'), sections.join('\n'));
  return {
    path,
    run: (...args) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: path, encoding: 'utf8' });
      return { status, says: `${stdout}${stderr}` };
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
