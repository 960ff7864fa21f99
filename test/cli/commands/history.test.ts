import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import type { World } from '../../../cli/ports.ts';
import { run } from '../../../cli/run.ts';
import { CLICK } from '../../../shared/channels/slack/record.ts';
import type { Target } from '../../../shared/domain/finding.ts';
import { ACCEPTANCE } from '../../../shared/findings/record.ts';
import { keyOf } from '../../../shared/ledger/kind.ts';
import type { LedgerRecord } from '../../../shared/ledger/store.ts';
import type { DeletionRecord } from '../../../shared/plans/deletion.ts';
import { DECISION, DELETION, planKey } from '../../../shared/plans/record.ts';
import { PLAN_ENTRIES } from '../../plans/report/contract.ts';
import { ACCEPTED } from '../../support/acceptances.ts';
import { deletionRecord } from '../../support/cleanup-reports.ts';
import { clickRecord, SLACK_ANNA } from '../../support/clicks.ts';
import { ALICE, decisionRecord, PLAN_ID, proposed } from '../../support/plans.ts';
import { eniId, FIRST, NEWEST, TARGET } from '../../support/reports.ts';
import { emptyStore, fakeTerminal, fakeWorld } from '../../support/terminal.ts';

// The contract that scripts rely on. strictObject: a field too many is a leak.
const target = v.strictObject({ accountId: v.string(), region: v.string() });
const HISTORY = v.strictObject({
  schemaVersion: v.literal(1),
  ledger: v.string(),
  deletions: v.array(v.object({ target, interfaceId: v.string() })),
  plans: v.array(v.strictObject({ target, ...PLAN_ENTRIES })),
  decisions: v.array(
    v.strictObject({
      target,
      at: v.string(),
      verdict: v.string(),
      plan: v.string(),
      accepted: v.boolean(),
      by: v.string(),
      via: v.string(),
      says: v.string(),
    }),
  ),
  acceptances: v.array(
    v.strictObject({
      target,
      at: v.string(),
      findingId: v.string(),
      by: v.string(),
      owner: v.string(),
      reason: v.string(),
      until: v.string(),
      severity: v.string(),
      meaning: v.string(),
    }),
  ),
  clicks: v.array(
    v.strictObject({
      target,
      at: v.string(),
      action: v.string(),
      about: v.string(),
      accepted: v.boolean(),
      by: v.string(),
      says: v.string(),
      count: v.number(),
    }),
  ),
});
const printed = ({ lease, ...deletion }: DeletionRecord) => ({ ...deletion, worker: lease.by, leaseUntil: lease.until });
const US: Target = { ...TARGET, region: 'us-east-1' };
const recordOf = (deletion: DeletionRecord): LedgerRecord => ({
  key: DELETION.key(deletion.interfaceId),
  version: 1,
  body: { kind: 'deletion', state: deletion },
});
const records = new Map([
  [TARGET.region, [deletionRecord(1), deletionRecord(2, { status: 'refused', says: 'not now', at: FIRST })].map(recordOf)],
  [US.region, [deletionRecord(3, { interface: undefined, status: 'claimed' })].map(recordOf)],
]);
const loads = async ({ region }: Target) => records.get(region) ?? [];

async function history(line: string, parts: Partial<World> = {}, env: Record<string, string> = {}, more: LedgerRecord[] = []) {
  const terminal = fakeTerminal(env);
  const world = fakeWorld({ fileTargets: async () => [TARGET, US], ...parts });
  const opened: string[] = [];
  world.openLedger = async (name, region) => {
    opened.push(`${name} in ${region}`);
    return { ...emptyStore(name), load: async (target) => [...(await loads(target)), ...more] };
  };
  const code = await run(['history', ...line.split(' ')], terminal, world);
  return { code, stdout: terminal.stdout.text(), stderr: terminal.stderr.text(), opened };
}

const noAws: Partial<World> = {
  callerIdentity: () => Promise.reject(new Error('a file needs no AWS')),
  profileRegion: () => Promise.reject(new Error('a file needs no region')),
};

describe('history', () => {
  it('of a file shows every account and region in it, without AWS', async () => {
    const { code, stdout } = await history('--ledger warden.json', noAws);
    expect(code).toBe(0);
    expect(stdout).toContain('Account 111122223333, eu-west-1: 1 deleted and 1 refused\n');
    expect(stdout).toContain('Account 111122223333, us-east-1: 1 claimed only\n');
  });

  it('shows one region where one is named', async () => {
    const { stdout } = await history('--ledger warden.json --region us-east-1', noAws);
    expect(stdout).toContain('us-east-1');
    expect(stdout).not.toContain('eu-west-1');
    expect((await history('--ledger warden.json --region moon')).code).toBe(2);
    expect((await history('--ledger warden.json --region ap-east-1')).stdout).toBe(
      'Ledger warden.json records no deletion, no plan, no decision, no acceptance and no click.\n',
    );
  });

  it("of a table shows the caller's account in its region", async () => {
    const { stdout, opened } = await history('--ledger dynamodb:warden', {}, { AWS_REGION: 'us-east-1' });
    expect(opened).toEqual(['dynamodb:warden in us-east-1']);
    expect(stdout).toContain('Account 111122223333, us-east-1');
    expect((await history('--ledger dynamodb:warden')).stderr).toContain('no region is set');
  });

  it('of a file that is not there is a mistake, not an empty history', async () => {
    const { code, stdout, stderr } = await history('--ledger wardn.json', { fileTargets: async () => [] });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('ledger wardn.json: there is no such file, or nothing in it.');
  });

  it('has plans and decisions in JSON, newest first', async () => {
    const older = proposed({ id: 'fedcba9876543210', proposedAt: FIRST, status: 'expired' });
    const refusal = decisionRecord({ id: 'b', at: NEWEST, accepted: false, says: 'there is no plan', plan: 'fedcba9876543211' });
    const kept: LedgerRecord[] = [
      ...[older, proposed()].map((plan): LedgerRecord => {
        return { key: planKey(plan.id), version: 1, body: { kind: 'plan', state: { plan, pending: [] } } };
      }),
      ...[refusal, decisionRecord()].map((decision): LedgerRecord => {
        return { key: keyOf(DECISION, decision), version: 1, body: { kind: 'decision', state: decision } };
      }),
    ];
    const { stdout } = await history('--ledger warden.json --region us-east-1 --format json', {}, {}, kept);
    const { plans, decisions } = v.parse(HISTORY, JSON.parse(stdout));
    expect(plans.map(({ id, status }) => [id, status])).toEqual([
      [PLAN_ID, 'waiting'],
      ['fedcba9876543210', 'expired'],
    ]);
    expect(decisions).toEqual([
      { target: US, at: decisionRecord().at, verdict: 'approve', plan: PLAN_ID, accepted: true, by: ALICE, via: 'cli', says: 'approved' },
      expect.objectContaining({ accepted: false, plan: 'fedcba9876543211', says: 'there is no plan' }),
    ]);
  });

  it('has acceptances and clicks in JSON, newest first', async () => {
    const older = { ...ACCEPTED, findingId: 'older', at: FIRST };
    const kept: LedgerRecord[] = [
      ...[older, { ...ACCEPTED, at: NEWEST }].map((acceptance): LedgerRecord => {
        return { key: ACCEPTANCE.key(acceptance.findingId), version: 1, body: { kind: 'acceptance', state: acceptance } };
      }),
      ...[clickRecord({ at: FIRST }), clickRecord({ id: 'b', at: NEWEST, by: '-', count: 7 })].map((click): LedgerRecord => {
        return { key: CLICK.key(click.id), version: 1, body: { kind: 'click', state: click } };
      }),
    ];
    const { stdout } = await history('--ledger warden.json --region us-east-1 --format json', {}, {}, kept);
    const { acceptances, clicks } = v.parse(HISTORY, JSON.parse(stdout));
    expect(acceptances).toEqual([
      { target: US, ...ACCEPTED, at: NEWEST },
      { target: US, ...older },
    ]);
    expect(clicks.map(({ at, by, count }) => [at, by, count])).toEqual([
      [NEWEST, '-', 7],
      [FIRST, SLACK_ANNA, 1],
    ]);
  });

  it('of a table in a region of its own shows what it holds of another', async () => {
    const { stdout, opened } = await history('--ledger dynamodb:warden@eu-central-1 --region us-east-1');
    expect(opened).toEqual(['dynamodb:warden@eu-central-1 in us-east-1']);
    expect(stdout).toContain('Account 111122223333, us-east-1');
  });

  it('has the full record in JSON', async () => {
    const { stdout } = await history('--ledger warden.json --format json');
    const { schemaVersion, ledger, deletions } = JSON.parse(stdout);
    expect([schemaVersion, ledger]).toEqual([1, 'warden.json']);
    expect(deletions[0]).toEqual({ target: TARGET, ...printed(deletionRecord(1)) });
    expect(deletions[2]).toEqual({ target: US, ...printed(deletionRecord(3, { status: 'claimed' })), interface: null });
  });
});

describe('history --recreate', () => {
  it('prints a script: what cannot come back as comments, and the command', async () => {
    const { code, stdout } = await history(`--ledger warden.json --recreate ${eniId(1)}`);
    expect(code).toBe(0);
    const words = execFileSync('sh', ['-c', `aws() { printf '%s\\n' "$@"; }; ${stdout}`], { encoding: 'utf8' }).split('\n');
    expect(words.slice(0, 4)).toEqual(['ec2', 'create-network-interface', '--region', 'eu-west-1']);
  });

  it('has the same in JSON', async () => {
    const { stdout } = await history(`--ledger warden.json --format json --recreate ${eniId(1)}`);
    expect(JSON.parse(stdout)).toEqual({
      schemaVersion: 1,
      target: TARGET,
      interfaceId: eniId(1),
      status: 'deleted',
      at: deletionRecord(1).at,
      command: expect.stringMatching(/^aws ec2 create-network-interface /),
      lost: expect.arrayContaining([expect.stringContaining('MAC address')]),
      notes: expect.arrayContaining([expect.stringContaining('InUse')]),
    });
  });

  it('says that what was refused may still be there', async () => {
    expect((await history(`--ledger warden.json --recreate ${eniId(2)}`)).stdout).toContain(
      '# - the ledger has it as refused: it may still',
    );
  });

  it.each([
    [eniId(9), 'records no deletion of it'],
    [eniId(3), 'its record was not kept'],
  ])('of %s is refused: %s', async (id, says) => {
    const { code, stdout, stderr } = await history(`--ledger warden.json --recreate ${id}`);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(says);
  });
});
