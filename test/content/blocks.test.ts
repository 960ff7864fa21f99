import { expect, it } from '@jest/globals';
import { fact, firstOf, items, section } from '../../shared/content/blocks.ts';

it('leaves nothing behind where there is nothing to say', () => {
  expect([fact('a', 'A', undefined), fact('a', 'A', ''), items('a', []), section('a', 'A', [])]).toEqual([[], [], [], []]);
});

it('keeps key, label and detail of what there is', () => {
  expect(section('s', 'Of it', [...fact('a', 'A', 'x', 'summary'), ...items('b', ['y'])], 'evidence')).toEqual([
    {
      kind: 'section',
      key: 's',
      heading: 'Of it',
      blocks: [
        { kind: 'fact', key: 'a', label: 'A', says: 'x', detail: 'summary' },
        { kind: 'list', key: 'b', items: [{ text: 'y' }] },
      ],
      detail: 'evidence',
    },
  ]);
});

it('gives the first lines, and says how many more there are', () => {
  expect(firstOf(['a', 'b'], 2)).toEqual(['a', 'b']);
  expect(firstOf(['a', 'b', 'c'], 1, { what: ' reasons' })).toEqual(['a', 'and 2 more reasons']);
  expect(firstOf(['a'], 1, { all: 1_201 })).toEqual(['a', 'and 1,200 more']);
});
