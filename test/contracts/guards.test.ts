import { basename } from 'node:path';
import { expect, it } from '@jest/globals';
import { GUARDS } from '../../shared/plans/guards/index.ts';
import { FILES, sources } from './source-files.ts';

const NO_GUARDS = ['index', 'from-point'];
const names = sources('shared/plans/guards')
  .map((path) => basename(path, '.ts'))
  .filter((name) => !NO_GUARDS.includes(name));

it('every guard is asked: its file is in GUARDS once, under its own name', () => {
  expect(names.length).toBeGreaterThan(0);
  expect(GUARDS.map((guard) => guard.id).sort()).toEqual([...names].sort());
});

it.each(names)('%s has a test of its own', (name) => {
  expect(FILES).toContain(`test/plans/guards/${name}.test.ts`);
});

it('the documentation has a sentence for each', () => {
  expect(GUARDS.filter((guard) => !/^[A-Z].*\.$/.test(guard.says)).map((guard) => guard.id)).toEqual([]);
});

it('the cap is asked last: only what would otherwise go is deferred', () => {
  expect(GUARDS.at(-1)?.id).toBe('batch-limit');
});
