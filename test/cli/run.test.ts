import { describe, expect, it } from '@jest/globals';
import { run } from '../../cli/run.ts';
import { ConfigError } from '../../shared/domain/errors.ts';
import { failingStream, fakeTerminal, fakeWorld } from '../support/terminal.ts';

const at = { AWS_REGION: 'eu-west-1' };

async function cli(line: string, env: Record<string, string> = at, world = fakeWorld()) {
  const terminal = fakeTerminal(env);
  const code = await run(line.split(' ').filter(Boolean), terminal, world);
  return { code, stdout: terminal.stdout.text(), stderr: terminal.stderr.text(), world };
}

describe('usage', () => {
  it.each(['--help', '-h', 'help'])('%s tells commands, examples and exit codes', async (line) => {
    const { code, stdout, stderr } = await cli(line);
    expect([code, stderr]).toEqual([0, '']);
    for (const part of ['sgp-warden 1.2.3', 'audit ', 'preflight ', 'rules ', 'Examples', 'Exit codes', 'AWS_PROFILE'])
      expect(stdout).toContain(part);
  });

  it.each(['help audit', 'audit --help', 'audit -h', 'audit --region nowhere --help'])(
    '%s tells the options of the command',
    async (line) => {
      const { code, stdout, world } = await cli(line);
      expect(code).toBe(0);
      expect(stdout).toMatch(/^sgp-warden audit \[--region REGION\]\.\.\. /);
      expect(stdout).toContain('--fail-on low|medium|high|critical');
      expect(world.audits).toEqual([]);
    },
  );

  it('of preflight shows that the cluster is required', async () => {
    expect((await cli('help preflight')).stdout).toMatch(/^sgp-warden preflight --cluster NAME \[--region REGION\]/);
  });

  it('of cleanup and history shows switches without a value, and which option is required', async () => {
    expect((await cli('help cleanup')).stdout.replace(/\s+/g, ' ')).toContain('[--max N] [--format table|json] [--wait] [--apply] Plans');
    expect((await cli('help history')).stdout).toMatch(/^sgp-warden history --ledger FILE\|dynamodb:TABLE\[@REGION\]\s+\[--region/);
    expect((await cli('help approve')).stdout).toMatch(/^sgp-warden approve PLAN --ledger FILE\|dynamodb:TABLE\[@REGION\] /);
  });

  it('--version prints the version alone', async () => {
    expect(await cli('--version')).toMatchObject({ code: 0, stdout: '1.2.3\n', stderr: '' });
  });

  it('without a command is no success', async () => {
    const { code, stdout, stderr } = await cli('');
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Commands');
  });

  it.each([
    ['adit', 'unknown command adit. Did you mean audit?'],
    ['frobnicate', 'unknown command frobnicate. Commands: audit, preflight, cleanup, approve, reject, accept, history, rules, help.'],
    ['--region eu-west-1 audit', '--region: the command comes first'],
    ['aprove 0123456789abcdef', 'unknown command aprove. Did you mean approve?'],
  ])('%s is exit 2', async (line, says) => {
    const { code, stdout, stderr } = await cli(line);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(says);
  });
});

describe('what a person must correct', () => {
  it('is told once each, all of it, whichever part of the program found it', async () => {
    const { code, stderr, world } = await cli('audit --format yaml --rule nope --output nowhere/at/all', {
      AWS_REGION: 'moon',
      MIN_ORPHAN_AGE_MINUTES: '-1',
    });
    expect(code).toBe(2);
    expect(stderr.split('\n').filter((line) => line.startsWith('  - '))).toEqual([
      expect.stringContaining('--format yaml'),
      expect.stringContaining('--rule nope'),
      expect.stringContaining('AWS_REGION=moon'),
      expect.stringContaining('MIN_ORPHAN_AGE_MINUTES=-1'),
      expect.stringContaining('--output nowhere/at/all'),
    ]);
    expect(stderr).toMatch(/^sgp-warden: 5 problems to solve first:\n/);
    expect(stderr).toContain('`sgp-warden audit --help` shows the usage.');
    expect(world.audits).toEqual([]);
  });

  it('may come from the ledger, with the others', async () => {
    const openLedger = async () => {
      throw new ConfigError(['warden.json is no ledger']);
    };
    const { code, stderr } = await cli('audit --ledger warden.json', {}, fakeWorld({ openLedger }));
    expect(code).toBe(2);
    expect(stderr).toContain('no region is set');
    expect(stderr).toContain('warden.json is no ledger');
  });

  it('cannot steer the terminal', async () => {
    const { stderr } = await cli('audit --rule \u001b[2Jx\u0007');
    expect(stderr).toContain('--rule x: there is no such rule.');
    expect(stderr).not.toContain('\u001b');
    expect(stderr).not.toContain('\u0007');
  });
});

describe('a crash', () => {
  const crash = (error: unknown, env: Record<string, string> = at) => cli('audit', env, fakeWorld({ audit: () => Promise.reject(error) }));

  it('is neither success nor findings', async () => {
    const { code, stdout, stderr } = await crash(new TypeError('x is not a function'));
    expect([code, stdout]).toEqual([3, '']);
    expect(stderr).toMatch(/incomplete, so nothing may be concluded.*\n {2}cause: TypeError: x is not a function\n {2}next: {2}run again/);
  });

  it('shows its stack only with DEBUG', async () => {
    const error = new TypeError('x is not a function');
    expect((await crash(error)).stderr).not.toContain('    at ');
    expect((await crash(error, { ...at, DEBUG: '1' })).stderr).toContain('    at ');
  });

  it.each([
    [Object.assign(new Error('Could not load credentials'), { name: 'CredentialsProviderError' }), 'aws sts get-caller-identity'],
    [new AggregateError([Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' })], ''), 'AWS_ENDPOINT_URL'],
    [new Error('failed', { cause: Object.assign(new Error('no such host'), { code: 'ENOTFOUND' }) }), 'check the network'],
  ])('tells what to do about %s', async (error, next) => {
    const { stderr } = await crash(error);
    expect(stderr).toContain(next);
    expect(stderr).toMatch(/cause: \w+: \S/);
  });

  it('of no Error at all is told too', async () => {
    expect(await crash('just a string')).toMatchObject({ code: 3, stderr: expect.stringContaining('cause: just a string') });
  });
});

describe('a stream that fails', () => {
  it('because its reader went away is quiet', async () => {
    const terminal = { ...fakeTerminal(at), stdout: failingStream('EPIPE') };
    expect(await run(['audit'], terminal, fakeWorld())).toBe(0);
    expect(terminal.stderr.text()).toBe('');
  });

  it('because the disk is full is no success', async () => {
    const terminal = { ...fakeTerminal(at), stdout: failingStream('ENOSPC') };
    expect(await run(['audit'], terminal, fakeWorld())).toBe(3);
    expect(terminal.stderr.text()).toContain('ENOSPC');
  });

  it('does not matter where errors are told: the exit code says it', async () => {
    expect(await run(['audit', '--nope'], { ...fakeTerminal(at), stderr: failingStream('EPIPE') }, fakeWorld())).toBe(2);
  });
});

describe('rules', () => {
  it('lists them as a table or with all metadata', async () => {
    expect((await cli('rules', {})).stdout).toMatch(
      /^RULE +SEVERITY +STATES +WHAT IT FINDS\norphaned-branch-eni +high +suspect, orphan +Branch interface of a deleted cluster\n/,
    );
    const { schemaVersion, rules } = JSON.parse((await cli('rules --format json', {})).stdout);
    expect([schemaVersion, rules.length]).toEqual([1, 2]);
    expect(rules[1]).toEqual({
      id: 'leaked-branch-eni',
      title: 'Branch interface that is not collected',
      severity: 'medium',
      states: [],
      why: 'w',
      remedy: 'r',
    });
  });
});

describe('preflight', () => {
  it('asks for one cluster in one region, and exits by the outcome', async () => {
    const { code, stdout, world } = await cli('preflight --cluster payments');
    expect(world.preflights).toEqual([{ region: 'eu-west-1', cluster: 'payments' }]);
    expect(code).toBe(1);
    expect(stdout).toContain('cluster payments: leaves-behind.');
    expect((await cli('preflight')).code).toBe(2);
  });

  it('prints its report as JSON', async () => {
    const { stdout } = await cli('preflight --cluster payments --format json');
    expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, cluster: 'payments', outcome: 'leaves-behind', steps: [{}] });
  });
});
