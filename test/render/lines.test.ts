import { expect, it } from '@jest/globals';
import type { Block } from '../../shared/content/document.ts';
import { linesOf } from '../../shared/render/lines.ts';

const ALL: readonly Block[] = [
  { kind: 'paragraph', text: 'a sentence' },
  { kind: 'fact', key: 'f', label: 'F', says: 'x', detail: 'summary' },
  { kind: 'table', key: 't', head: ['h'], rows: [['1', '2']] },
  { kind: 'commands', commands: ['aws ec2'] },
  { kind: 'code', language: 'hcl', text: 'a {\n}' },
  {
    kind: 'section',
    key: 's',
    heading: 'S',
    detail: 'evidence',
    blocks: [
      { kind: 'list', key: 'l', items: [{ text: 'i', blocks: [{ kind: 'fact', key: 'g', label: 'G', says: 'y', detail: 'summary' }] }] },
    ],
  },
];

it('gives every block of a document as lines, in order', () => {
  expect(linesOf(ALL).map(({ as, label, says }) => `${as} ${label ? `${label}=` : ''}${says}`)).toEqual([
    ...['text a sentence', 'fact F=x', 'item 1, 2', 'code aws ec2', 'code a {', 'code }'],
    ...['heading S', 'item i', 'fact G=y'],
  ]);
});

it('reads what is in a section as the section is read', () => {
  expect(linesOf(ALL).map(({ detail }) => detail)).toEqual([
    ...['details', 'summary', 'details', 'details', 'details', 'details'],
    ...['evidence', 'evidence', 'evidence'],
  ]);
});
