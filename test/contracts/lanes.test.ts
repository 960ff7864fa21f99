import { describe, expect, it } from '@jest/globals';
import { fastSuites, slowness, suites } from '../support/lanes.ts';

describe('npm run check', () => {
  it('runs most suites, and leaves out what packages, starts processes or tells a whole story', () => {
    const [fast, all] = [fastSuites(), suites()];
    expect(fast.length).toBeGreaterThan(all.length * 0.7);
    expect(fast).toContain('test/contracts/lanes.test.ts');
    const left = all.filter((suite) => !fast.includes(suite));
    expect(left).toEqual(
      expect.arrayContaining(['test/contracts/template.test.ts', 'test/moto/audit.test.ts', 'test/scripts/gen.test.ts']),
    );
  });

  const files: Record<string, readonly string[]> = {
    'test/a/pure.test.ts': ['node:fs', '../../shared/pure.ts'],
    'test/a/far.test.ts': ['../../shared/pure.ts', '../support/near.ts'],
    'test/support/near.ts': ['./far.ts'],
    'test/support/far.ts': ['../support/near.ts', 'node:child_process'],
    'shared/pure.ts': [],
  };
  const why = (suite: string) => slowness(suite, (path) => files[path] ?? []);

  it('runs a suite whose imports lead to nothing slow', () => {
    expect(why('test/a/pure.test.ts')).toBeUndefined();
  });

  it('leaves out a suite whose imports lead to a process, however far', () => {
    expect(why('test/a/far.test.ts')).toEqual(['test/a/far.test.ts', 'test/support/near.ts', 'test/support/far.ts', 'node:child_process']);
  });

  it('leaves out whole stories', () => {
    expect(why('test/scenarios/story.test.ts')).toEqual(['test/scenarios/story.test.ts']);
  });
});
