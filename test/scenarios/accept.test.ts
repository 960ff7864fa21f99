// Accepting a finding as a user types it: the command that the audit printed, and what the next audit makes of it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { pathWorld } from '../support/path-world.ts';
import { type ReportJson, runProgram, sgpWarden } from '../support/sgp-warden.ts';

let sandbox: Sandbox;
let folder: string;
let ledger: string;

beforeAll(async () => {
  sandbox = await startSandbox({ start: new Date(), realTime: true });
  folder = await mkdtemp(join(tmpdir(), 'sgp-warden-accept-'));
  ledger = join(folder, 'a ledger.json');
  pathWorld(sandbox, 'web').addPod([]);
});
afterAll(() => Promise.all([sandbox.stop(), rm(folder, { recursive: true })]));

const audit = (...more: readonly string[]) => sgpWarden(['audit', '--rule', 'dns-path-blocked', '--ledger', ledger, ...more], sandbox.env);
const report = async () => {
  const { exitCode, stdout } = await audit('--format', 'json');
  return { exitCode, report: JSON.parse(stdout) as ReportJson & { findings: { accepted?: Record<string, string> }[] } };
};

it('takes the printed command, shows the finding as accepted, and fails nobody’s pipeline', async () => {
  const first = await audit();
  expect(first.exitCode).toBe(1);
  const lines = first.stdout.replace(/ \\\n +/g, ' ').split('\n');
  const printed = lines.find((line) => line.includes(' accept ')) ?? '';
  const command = printed.replace('REASON', "'no names needed'").replace('OWNER', 'web-team');
  const accepted = await runProgram('sh', ['-c', command], sandbox.env);
  expect([accepted.exitCode, accepted.stderr]).toEqual([0, '']);
  expect(accepted.stdout).toContain('web-team answers for it');

  const second = await report();
  expect(second.exitCode).toBe(0);
  expect(second.report.findings).toHaveLength(1);
  expect(second.report.findings[0]).toMatchObject({
    severity: 'critical',
    state: 'blocked',
    accepted: {
      reason: 'no names needed',
      owner: 'web-team',
      by: expect.stringMatching(/^arn:aws:/),
      until: expect.stringMatching(/T23:59:59.999Z$/),
    },
  });
  const table = await audit();
  expect(table.stdout).toContain('Accepted: 1 finding\n');
  expect(table.stdout).not.toContain('Open the blocked paths');
  expect((await audit('--format', 'markdown')).stdout).toContain('### Accepted: 1 finding\n');
});

it('refuses what the ledger does not know, with the reason', async () => {
  const args = [
    '--reason',
    'r',
    '--owner',
    'o',
    '--until',
    new Date(Date.now() + 86_400_000).toISOString().slice(0, 10),
    '--ledger',
    ledger,
  ];
  const { exitCode, stdout } = await sgpWarden(
    ['accept', `dns-path-blocked/${sandbox.accountId}/us-east-1/web/sg-0`, ...args],
    sandbox.env,
  );
  expect([exitCode, stdout]).toEqual([1, expect.stringContaining('Refused: the ledger knows no finding')]);
});
