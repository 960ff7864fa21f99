import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Checkout, checkout } from './checkout.ts';

describe('npm run gen', () => {
  let copy: Checkout;
  beforeAll(() => {
    copy = checkout();
  });
  afterAll(() => copy.remove());
  const gen = (...args: string[]) => copy.run('scripts/gen.ts', ...args);

  it('brings every generated file up to date', () => {
    expect(gen().status).toBe(0);
    expect(gen('--check')).toEqual({ status: 0, says: '' });
    expect(readFileSync(join(copy.path, 'README.md'), 'utf8')).toContain('(docs/rules/orphaned-branch-eni.md)');
  });

  it('with --check changes nothing, and names the stale and the missing files', () => {
    appendFileSync(join(copy.path, 'shared/rules/index.ts'), '// by hand\n');
    rmSync(join(copy.path, 'README.md'));
    expect(gen('--check')).toEqual({ status: 1, says: 'shared/rules/index.ts is stale; run: npm run gen\nREADME.md is missing\n' });
    expect(gen().says).toBe('wrote shared/rules/index.ts\n');
  });

  it('names the file that it cannot render', () => {
    writeFileSync(join(copy.path, 'README.md'), '# No markers\n');
    expect(gen()).toMatchObject({ status: 1, says: expect.stringContaining('README.md: the markers') });
  });

  it('refuses an option that it does not know', () => {
    expect(gen('--chekc')).toMatchObject({ status: 2, says: expect.stringContaining('--chekc') });
  });
});
