import { expect, it } from '@jest/globals';
import { FILES, textOf } from './source-files.ts';

// In the running text, not in the examples of commands.
const PATH = /`((?:functions|cli|shared|infra|sandbox|scripts|test|docs)\/[\w./-]*)`/g;

it.each(['docs/architecture.md', 'CONTRIBUTING.md'])('every path that %s names is there', (document) => {
  const named = [...textOf(document).matchAll(PATH)].map(([, path = '']) => path);
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((path) => !FILES.some((file) => file === path || file.startsWith(path.endsWith('/') ? path : `${path}/`)))).toEqual(
    [],
  );
});

it('every folder of shared has its line in the house', () => {
  const folders = [...new Set(FILES.flatMap((file) => /^shared\/[\w-]+\//.exec(file) ?? []))];
  expect(folders.filter((folder) => !textOf('docs/architecture.md').includes(`\`${folder}\``))).toEqual([]);
});
