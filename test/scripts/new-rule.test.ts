import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Checkout, checkout } from './checkout.ts';

const ID = 'made-up-path-2';
const RULE = `shared/rules/paths/${ID}.ts`;
const TEST = `test/rules/paths/${ID}.test.ts`;
const FILES = [RULE, TEST, `docs/rules/${ID}.md`];

describe('npm run new-rule', () => {
  let copy: Checkout;
  let first: ReturnType<Checkout['run']>;
  beforeAll(() => {
    copy = checkout();
    first = copy.run('scripts/new-rule.ts', `paths/${ID}`);
  });
  afterAll(() => copy.remove());

  it('writes the rule, its test and its page, and generates what follows from them', () => {
    expect(first.status).toBe(0);
    expect(FILES.filter((path) => !existsSync(join(copy.path, path)))).toEqual([]);
    expect(readFileSync(join(copy.path, 'shared/rules/index.ts'), 'utf8')).toContain(`import madeUpPath2 from './paths/${ID}.ts';`);
    expect(readFileSync(join(copy.path, `docs/rules/${ID}.md`), 'utf8')).toContain('# Made up path 2');
    expect(copy.run('scripts/gen.ts', '--check')).toEqual({ status: 0, says: '' });
  });

  it('scaffolds what type-checks, lints and passes its own test', () => {
    const sources = FILES.filter((path) => path.endsWith('.ts'));
    writeFileSync(join(copy.path, 'tsconfig.new.json'), JSON.stringify({ extends: './tsconfig.json', include: [], files: sources }));
    expect(copy.run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.new.json')).toEqual({ status: 0, says: '' });
    expect(copy.run('node_modules/@biomejs/biome/bin/biome', 'check', 'shared/rules', TEST)).toMatchObject({
      status: 0,
    });
    expect(copy.run('--experimental-vm-modules', 'node_modules/jest/bin/jest.js', ID)).toMatchObject({ status: 0 });
  });

  it('never writes over what is there', () => {
    const before = readFileSync(join(copy.path, RULE), 'utf8');
    expect(copy.run('scripts/new-rule.ts', `paths/${ID}`)).toMatchObject({
      status: 2,
      says: expect.stringContaining(`${FILES[0]}, ${FILES[1]}, ${FILES[2]} exists`),
    });
    expect(readFileSync(join(copy.path, RULE), 'utf8')).toBe(before);
  });

  it.each([[[]], [['paths/two-rules', 'paths/at-once']], [['paths/One-Rule']], [['no-topic']], [['none/of-these']]])(
    'refuses %j with exit 2 and says what it wants',
    (args) => {
      expect(copy.run('scripts/new-rule.ts', ...args)).toMatchObject({
        status: 2,
        says: expect.stringMatching(/rule id|name one rule|no topic/),
      });
    },
  );
});
