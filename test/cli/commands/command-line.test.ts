import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { auditCommandLine, invocation, shellWord } from '../../../cli/commands/command-line.ts';

const asked = {
  regions: ['eu-west-1'],
  clusters: [],
  rules: [],
  format: 'table',
  output: 'out.txt',
  ledger: undefined,
  failOn: 'high',
} as const;

describe('a command line to type again', () => {
  it.each(['plain-1.2/x', 'my ledger.json', 'it\'s $HOME `id` "x" \\', '', '*'])('gives a shell the word %j', (word) => {
    expect(execFileSync('sh', ['-c', `printf %s ${shellWord(word)}`], { encoding: 'utf8' })).toBe(word);
  });

  it('starts the program as it was started', () => {
    expect(invocation({ npm_lifecycle_event: 'sgp-warden', npm_command: 'run-script' })).toBe('npm run -s sgp-warden --');
    expect(invocation({ npm_command: 'exec' })).toBe('npx sgp-warden');
    expect(invocation({})).toBe('sgp-warden');
  });

  it('asks for the same on the terminal', () => {
    expect(auditCommandLine({ ...asked, clusters: ['a', 'b'], ledger: 'my ledger' }, {})).toBe(
      "sgp-warden audit --region eu-west-1 --cluster a --cluster b --ledger 'my ledger'",
    );
  });
});
