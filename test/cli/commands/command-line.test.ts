import { describe, expect, it } from '@jest/globals';
import { auditCommandLine, cleanupCommandLine, historyCommandLine, invocation } from '../../../cli/commands/command-line.ts';

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

  it('names the region of a cleanup, and all that it was narrowed to', () => {
    const cleanup = { region: 'eu-west-1', clusters: ['a'], ledger: 'my ledger', max: 5, wait: true, apply: true };
    expect(cleanupCommandLine(cleanup, {})).toBe(
      "sgp-warden cleanup --region eu-west-1 --cluster a --ledger 'my ledger' --max 5 --wait --apply",
    );
    expect(cleanupCommandLine({ region: 'eu-west-1', clusters: [], ledger: undefined, max: undefined }, {})).toBe(
      'sgp-warden cleanup --region eu-west-1',
    );
  });

  it('names the ledger of a history, and its region', () => {
    expect(historyCommandLine({ ledger: 'my ledger', region: 'eu-west-1' }, { npm_command: 'exec' })).toBe(
      "npx sgp-warden history --ledger 'my ledger' --region eu-west-1",
    );
  });
});
