import { describe, expect, it } from '@jest/globals';
import type { World } from '../../../cli/ports.ts';
import { run } from '../../../cli/run.ts';
import { ConfigError } from '../../../shared/domain/errors.ts';
import type { Finding, FindingState } from '../../../shared/domain/finding.ts';
import { acceptFinding } from '../../../shared/findings/accept.ts';
import { ACCEPTANCE, FINDING } from '../../../shared/findings/record.ts';
import { statesById } from '../../../shared/ledger/kind.ts';
import { memoryStore } from '../../../shared/ledger/memory.ts';
import type { LedgerStore } from '../../../shared/ledger/store.ts';
import { ALICE } from '../../support/plans.ts';
import { finding, gap, NEWEST, TARGET } from '../../support/reports.ts';
import { fakeTerminal, fakeWorld } from '../../support/terminal.ts';

const SET: Finding = finding({
  ruleId: 'dns-path-blocked',
  severity: 'critical',
  state: 'blocked',
  subject: { type: 'security-group-set', id: 'sg-0bbbbbbbbbbbbbbb1' },
  cluster: 'web',
});

async function ledgerWith(of: Finding = SET, changes: Partial<FindingState> = {}): Promise<LedgerStore> {
  const store = memoryStore();
  const state = {
    finding: of,
    status: 'open',
    quiet: false,
    meaning: 'critical/blocked',
    lastSeen: NEWEST,
    pending: [],
    ...changes,
  } as const;
  await store.write(TARGET, [{ key: FINDING.key(of.id), ifVersion: 0, body: { kind: 'finding', state } }]);
  return store;
}

async function cli(words: readonly string[], store: LedgerStore, world: Partial<World> = {}) {
  const terminal = fakeTerminal({ AWS_REGION: 'us-east-1' }, { isTTY: false });
  const fake = fakeWorld({ openLedger: async () => store, acceptFinding, ...world });
  const code = await run(['accept', ...words], terminal, fake);
  const acceptance = statesById(await store.load(TARGET), ACCEPTANCE).get(words[0] ?? '');
  return { code, acceptance, stdout: terminal.stdout.text().replace(/\s+/g, ' '), stderr: terminal.stderr.text().replace(/\s+/g, ' ') };
}

const asked = (changes: Record<string, string> = {}) =>
  Object.entries({
    reason: 'talks to IP addresses only',
    owner: 'web-team',
    until: '2027-01-31',
    ledger: 'dynamodb:warden',
    ...changes,
  }).flatMap(([name, value]) => [`--${name}`, value]);

describe('accept', () => {
  it('records who accepts what, why, until when, and who answers for it', async () => {
    const { code, acceptance, stdout, stderr } = await cli([SET.id, ...asked()], await ledgerWith());
    expect([code, stderr]).toEqual([0, '']);
    expect(acceptance).toEqual({
      findingId: SET.id,
      by: ALICE,
      reason: 'talks to IP addresses only',
      owner: 'web-team',
      until: '2027-01-31T23:59:59.999Z',
      at: NEWEST,
      severity: 'critical',
      meaning: 'critical/blocked',
    });
    expect(stdout).toContain('Recorded in dynamodb:warden: sg-0bbbbbbbbbbbbbbb1 is accepted until 2027-01-31; web-team answers for it');
    expect(stdout).toContain('sgp-warden audit --region eu-west-1 --ledger dynamodb:warden');
  });

  it('asks in the region of the finding, wherever it is typed', async () => {
    const regions: string[] = [];
    const callerIdentity: World['callerIdentity'] = async (region) => {
      regions.push(region);
      return { accountId: TARGET.accountId, arn: ALICE };
    };
    await cli([SET.id, ...asked()], await ledgerWith(), { callerIdentity });
    expect(regions).toEqual(['eu-west-1']);
  });

  it('takes the place of an earlier acceptance', async () => {
    const store = await ledgerWith();
    await cli([SET.id, ...asked()], store);
    const { code, acceptance } = await cli([SET.id, ...asked({ until: '2027-02-28', owner: 'dns-team' })], store);
    expect([code, acceptance?.owner, acceptance?.until.slice(0, 10)]).toEqual([0, 'dns-team', '2027-02-28']);
  });

  it('is one JSON object for a program', async () => {
    const store = await ledgerWith();
    const { stdout } = await cli([SET.id, ...asked({ format: 'json' })], store);
    expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, accepted: true, acceptance: { findingId: SET.id, owner: 'web-team' } });
    const refused = await cli([`${SET.id}0`, ...asked({ format: 'json' })], store);
    expect(JSON.parse(refused.stdout)).toEqual({ schemaVersion: 1, accepted: false, says: `the ledger knows no finding ${SET.id}0` });
  });

  it.each<[string, string, Record<string, string>, Partial<FindingState> | undefined, string]>([
    ['no such finding', `${SET.id}0`, {}, undefined, 'the ledger knows no finding'],
    ['one that is resolved', SET.id, {}, { status: 'resolved', resolvedAt: NEWEST }, `is not open: it was resolved at ${NEWEST}`],
    ['one that alerts nobody yet', SET.id, {}, { quiet: true }, 'alerts nobody as it is'],
    ['a day that is over', SET.id, { until: '2026-11-19' }, undefined, '2026-11-19 is over'],
    ['a day more than a year ahead', SET.id, { until: '2027-11-22' }, undefined, 'more than a year ahead'],
  ])('is refused for %s, with the reason, and nothing is recorded', async (_, id, changes, state, says) => {
    const { code, stdout, acceptance } = await cli([id, ...asked(changes)], await ledgerWith(SET, state));
    expect([code, acceptance]).toEqual([1, undefined]);
    expect(stdout).toContain(says);
    expect(stdout).toContain('Nothing was changed.');
  });

  it('takes today, and a day a year ahead', async () => {
    for (const until of ['2026-11-20', '2027-11-20']) expect((await cli([SET.id, ...asked({ until })], await ledgerWith())).code).toBe(0);
  });

  it('is refused for what could not be read: a silence about it would look like health', async () => {
    const { finding: unread } = gap('clusters', 'eks:DescribeCluster', ['web']);
    const { code, stdout } = await cli([unread.id, ...asked()], await ledgerWith(unread));
    expect(code).toBe(1);
    expect(stdout).toContain('what could not be read is not accepted');
  });

  it('is refused to whoever is of another account', async () => {
    const world = { callerIdentity: async () => ({ accountId: '999999999999', arn: ALICE }) };
    const { code, stdout, acceptance } = await cli([SET.id, ...asked()], await ledgerWith(), world);
    expect([code, acceptance]).toEqual([1, undefined]);
    expect(stdout).toContain('these credentials are of 999999999999');
  });

  it.each<[string, readonly string[], string]>([
    ['nothing', [], 'accept needs the finding'],
    ['no reason', [SET.id, '--owner', 'o', '--until', '2027-01-31', '--ledger', 'dynamodb:warden'], '--reason TEXT'],
    ['no owner', [SET.id, '--reason', 'r', '--until', '2027-01-31', '--ledger', 'dynamodb:warden'], '--owner TEXT'],
    ['no day', [SET.id, '--reason', 'r', '--owner', 'o', '--ledger', 'dynamodb:warden'], '--until YYYY-MM-DD'],
    ['no ledger', [SET.id, '--reason', 'r', '--owner', 'o', '--until', '2027-01-31'], '--ledger FILE'],
    ['an empty reason', [SET.id, ...asked({ reason: ' ' })], '--reason needs a value'],
    ['what is no id', ['eni-1', ...asked()], 'no finding can have this id'],
    ['what is no day', [SET.id, ...asked({ until: '2027-02-30' })], '--until 2027-02-30: must be a day'],
    ['a span', [SET.id, ...asked({ until: '30d' })], '--until 30d: must be a day'],
    ['a reason without end', [SET.id, ...asked({ reason: 'x'.repeat(501) })], '500 characters at most'],
  ])('with %s is exit 2', async (_, words, says) => {
    const { code, stdout, stderr } = await cli(words, await ledgerWith());
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(says);
  });

  it('that could not learn who is asking says that nothing was accepted', async () => {
    const callerIdentity = async () => {
      throw new Error('no answer');
    };
    const { code, stderr, acceptance } = await cli([SET.id, ...asked()], await ledgerWith(), { callerIdentity });
    expect([code, acceptance]).toEqual([3, undefined]);
    expect(stderr).toContain('nothing was accepted');
  });

  it('that could not write says that nobody knows', async () => {
    const store = await ledgerWith();
    const broken: LedgerStore = {
      ...store,
      write: async () => {
        throw new ConfigError(['dynamodb:PutItem was denied']);
      },
    };
    const { code, stderr } = await cli([SET.id, ...asked()], broken);
    expect(code).toBe(3);
    expect(stderr).toContain('whether it was accepted is not known');
    expect(stderr).toContain('dynamodb:PutItem was denied');
  });
});
