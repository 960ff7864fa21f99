import { execFileSync } from 'node:child_process';
import { expect, it } from '@jest/globals';
import { shellWord } from '../../shared/content/shell-word.ts';

it.each(['plain-1.2/x', 'my ledger.json', 'it\'s $HOME `id` "x" \\', '', '*', '~', 'a\nb', '-n', 'a=b'])(
  'gives a shell the word %j',
  (word) => {
    expect(execFileSync('sh', ['-c', `printf '%s' ${shellWord(word)}x`], { encoding: 'utf8' })).toBe(`${word}x`);
  },
);

it('leaves alone what needs no quotes', () => {
  expect(shellWord('Key=a/b:c,d.e')).toBe('Key=a/b:c,d.e');
});
