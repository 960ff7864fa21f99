import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { World } from '../../../cli/ports.ts';
import { run } from '../../../cli/run.ts';
import { ConfigError } from '../../../shared/domain/errors.ts';
import { leftover } from '../../support/leftovers.ts';
import { gap, report, TARGET } from '../../support/reports.ts';
import { fakeTerminal, fakeWorld } from '../../support/terminal.ts';

const found = report({ findings: [leftover(1)] });
const gone = async () => found;

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function audit(argv: readonly string[], parts: Partial<World> = {}, env: Record<string, string> = {}, tty: { isTTY?: boolean } = {}) {
  const terminal = fakeTerminal({ AWS_REGION: 'eu-west-1', ...env }, tty);
  const world = fakeWorld(parts);
  const code = await run(['audit', ...argv], terminal, world);
  return { code, stdout: terminal.stdout.text(), stderr: terminal.stderr.text(), world };
}

describe('audit', () => {
  it('hands the request on and exits by what was found', async () => {
    const { code, world } = await audit(['--cluster', 'payments', '--rule', 'orphaned-branch-eni']);
    expect(world.audits).toEqual([{ region: 'eu-west-1', clusters: ['payments'], rules: ['orphaned-branch-eni'] }]);
    expect(code).toBe(0);
    expect((await audit([], { audit: gone })).code).toBe(1);
    expect((await audit(['--fail-on', 'critical'], { audit: gone })).code).toBe(0);
    const denied = gap('clusters', 'eks:DescribeCluster', []);
    expect((await audit([], { audit: async () => report({ coverage: [denied.coverage] }) })).code).toBe(3);
  });

  it('opens the ledger that is named, and no other', async () => {
    expect((await audit(['--ledger', 'warden.json'])).world.ledgers).toEqual(['warden.json']);
    expect((await audit([])).world.ledgers).toEqual([]);
  });

  it('passes the settings of the environment', async () => {
    let age = 0;
    await audit(
      [],
      {
        audit: async ({ settings }) => {
          age = settings.minOrphanAgeMinutes;
          return found;
        },
      },
      { MIN_ORPHAN_AGE_MINUTES: '45' },
    );
    expect(age).toBe(45);
  });

  it('prints one object for one region and `reports` for several', async () => {
    expect(JSON.parse((await audit(['--format', 'json'])).stdout)).toMatchObject({ schemaVersion: 1, target: TARGET });
    const { stdout, world } = await audit(['--format', 'json', '--region', 'eu-west-1', '--region', 'us-east-1']);
    expect(world.audits.map(({ region }) => region)).toEqual(['eu-west-1', 'us-east-1']);
    expect(JSON.parse(stdout).reports).toHaveLength(2);
  });

  it('prints a command to repeat that works as this program was started', async () => {
    const suspect = { audit: async () => report({ findings: [leftover(1, { state: 'suspect' })] }) };
    const argv = ['--region', 'eu-west-1', '--cluster', 'payments', '--output', join(folder, 'x')];
    await audit(argv, suspect, { npm_lifecycle_event: 'sgp-warden' });
    expect(await readFile(join(folder, 'x'), 'utf8')).toMatch(
      /npm run -s sgp-warden -- audit --region eu-west-1 --cluster payments( \\\n +| )--ledger sgp-warden\.ledger\.json/,
    );
  });

  it.each([
    ['5', /^warning: MIN_ORPHAN_AGE_MINUTES=5: below 30 /],
    ['30', /^$/],
  ])('warns of a minimum age of %s as it should', async (MIN_ORPHAN_AGE_MINUTES, says) => {
    expect((await audit([], {}, { MIN_ORPHAN_AGE_MINUTES })).stderr).toMatch(says);
  });
});

describe('a region that gives no report', () => {
  const failing = (error: unknown): Partial<World> => ({
    audit: async (_run, { region }) => {
      if (region === 'ap-east-1') throw error;
      return report({ target: { ...TARGET, region } });
    },
  });
  const both = ['--region', 'ap-east-1', '--region', 'eu-west-1'];

  it.each([new ConfigError(['AWS credentials do not work in ap-east-1']), new Error('AWS credentials do not work in ap-east-1')])(
    'does not cost the others theirs, and is no success (%s)',
    async (error) => {
      const { code, stdout, stderr } = await audit([...both, '--format', 'json'], failing(error));
      expect(code).toBe(3);
      expect(JSON.parse(stdout)).toMatchObject({
        reports: [{ target: { region: 'eu-west-1' } }],
        failed: [{ region: 'ap-east-1', reason: expect.stringContaining('credentials do not work') }],
      });
      expect(stderr).toContain('ap-east-1 could not be audited: ');
    },
  );

  it('is bad usage when it is the only one and a person must correct something', async () => {
    expect((await audit(['--region', 'ap-east-1'], failing(new ConfigError(['no credentials'])))).code).toBe(2);
    expect((await audit(['--region', 'ap-east-1'], failing(new Error('boom')))).code).toBe(3);
  });
});

describe('--output', () => {
  it('writes what stdout would have got, without colours, and nothing to stdout', async () => {
    const path = join(folder, 'out.txt');
    const plain = await audit([], { audit: gone });
    const { stdout, stderr, code } = await audit(['--output', path], { audit: gone }, { FORCE_COLOR: '1' });
    expect([code, stdout, stderr]).toEqual([1, '', '']);
    expect(await readFile(path, 'utf8')).toBe(plain.stdout);
    expect(await readdir(folder)).toEqual(['out.txt']);
  });

  it('replaces a file, through a link to it', async () => {
    await writeFile(join(folder, 'real.json'), 'old');
    await symlink(join(folder, 'real.json'), join(folder, 'link.json'));
    await audit(['--format', 'json', '--output', join(folder, 'link.json')]);
    expect(JSON.parse(await readFile(join(folder, 'real.json'), 'utf8'))).toMatchObject({ schemaVersion: 1 });
  });

  it('leaves the old file alone when the audit fails', async () => {
    const path = join(folder, 'out.json');
    await writeFile(path, 'old');
    expect((await audit(['--output', path], { audit: () => Promise.reject(new Error('boom')) })).code).toBe(3);
    expect(await readFile(path, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['out.json']);
  });

  it.each([
    ['a folder', () => folder],
    ['in no folder', () => join(folder, 'none', 'out.json')],
    ['in a file', () => join(folder, 'file', 'out.json')],
  ])('that cannot be written (%s) is refused before AWS is read', async (_, path) => {
    await writeFile(join(folder, 'file'), '');
    const { code, stderr, world } = await audit(['--output', path()]);
    expect(code).toBe(2);
    expect(stderr).toContain(`--output ${path()}: `);
    expect(world.audits).toEqual([]);
  });
});

describe('on a terminal', () => {
  it('progress is shown on stderr and leaves no trace', async () => {
    const watched = {
      audit: async ({ onProgress }: Parameters<World['audit']>[0]) => {
        onProgress('reading\u001b[2J interfaces');
        return found;
      },
    };
    const { stdout, stderr } = await audit([], watched, {}, { isTTY: true });
    expect(stderr).toContain('\r\u001b[2Keu-west-1: reading interfaces');
    expect(stderr.endsWith('\r\u001b[2K')).toBe(true);
    expect(stdout).toContain('\u001b[1m');
    expect((await audit([], watched)).stderr).toBe('');
  });

  it.each([
    [{ NO_COLOR: '1' }, true, false],
    [{ NO_COLOR: '1', FORCE_COLOR: '1' }, true, true],
    [{ FORCE_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '0' }, true, false],
    [{ TERM: 'dumb' }, true, false],
    [{}, false, false],
  ])('colours follow %j, terminal %s', async (env, isTTY, coloured) => {
    const { stdout } = await audit([], { audit: gone }, env, { isTTY });
    expect(stdout.includes('\u001b[')).toBe(coloured);
  });
});
