import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import * as v from 'valibot';
import type { World } from '../../../cli/ports.ts';
import { run } from '../../../cli/run.ts';
import { ConfigError } from '../../../shared/domain/errors.ts';
import { fileStore, fileTargets } from '../../../shared/ledger/file/store.ts';
import { newestFirst, statesOf } from '../../../shared/ledger/kind.ts';
import { memoryStore } from '../../../shared/ledger/memory.ts';
import type { LedgerStore } from '../../../shared/ledger/store.ts';
import { decidePlan } from '../../../shared/plans/decide-plan.ts';
import type { ProposedPlan } from '../../../shared/plans/plan.ts';
import { PLAN, planKey, DECISION as TAKEN } from '../../../shared/plans/record.ts';
import { DECISION } from '../../plans/report/contract.ts';
import { ALICE, decision, PLAN_ID, proposed } from '../../support/plans.ts';
import { TARGET } from '../../support/reports.ts';
import { fakeTerminal, fakeWorld } from '../../support/terminal.ts';

const LEDGER = 'dynamodb:warden@eu-west-1';

async function ledgerWith(...plans: readonly ProposedPlan[]): Promise<LedgerStore> {
  const store = memoryStore();
  await store.write(
    TARGET,
    plans.map((plan) => ({ key: planKey(plan.id), ifVersion: 0, body: { kind: 'plan', state: { plan, pending: [] } } })),
  );
  return store;
}

interface Terminal {
  typed?: string;
  isRedirected?: boolean;
  world?: Partial<World>;
}

async function cli(line: string, store: LedgerStore, { typed, isRedirected, world = {} }: Terminal = {}) {
  const isTTY = typed !== undefined;
  const terminal = fakeTerminal({ AWS_REGION: 'eu-west-1' }, { isTTY }, typed);
  if (isRedirected) terminal.stdout.isTTY = false;
  const code = await run(line.split(' '), terminal, fakeWorld({ openLedger: async () => store, decidePlan, ...world }));
  const records = await store.load(TARGET).catch(() => []);
  const [plan] = statesOf(records, PLAN).map((state) => state.plan);
  const decisions = newestFirst(records, TAKEN);
  return { code, plan, decisions, stdout: terminal.stdout.text(), stderr: terminal.stderr.text() };
}

const approve = `approve ${PLAN_ID} --ledger ${LEDGER}`;
const reject = `reject ${PLAN_ID} --ledger ${LEDGER}`;

describe('approve', () => {
  it('goes ahead where nobody can be asked: the plan, then what was recorded, and what happens next', async () => {
    const { code, stdout, stderr, plan, decisions } = await cli(approve, await ledgerWith(proposed()));
    expect([code, stderr]).toEqual([0, '']);
    expect(plan).toMatchObject({ status: 'approved', decision: { verdict: 'approve', by: ALICE, via: 'cli' } });
    expect(decisions).toEqual([expect.objectContaining({ plan: PLAN_ID, accepted: true, by: ALICE })]);
    const at = [
      '6 interfaces to delete',
      'What that unblocks',
      'Refused: 2 interfaces',
      `Recorded in ${LEDGER}: approved by`,
      'next sweep',
    ];
    const places = at.map((part) => stdout.replace(/\n +/g, ' ').indexOf(part));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(stdout).toContain(`sgp-warden history --ledger ${LEDGER} --region eu-west-1\n`);
  });

  it('asks once on a terminal, after the plan was shown', async () => {
    const { code, stderr, plan } = await cli(approve, await ledgerWith(proposed()), { typed: 'yes\n' });
    expect([code, plan?.status]).toEqual([0, 'approved']);
    expect(stderr).toBe('\nApprove the deletion of these 6 interfaces? Type yes: ');
    expect((await cli(approve, await ledgerWith(proposed({ n: 1 })), { typed: 'yes\n' })).stderr).toContain('of this interface?');
  });

  it.each(['no\n', '\n', ''])('records nothing when the answer is %j', async (typed) => {
    const { code, stderr, plan, decisions } = await cli(approve, await ledgerWith(proposed()), { typed });
    expect([code, plan?.status, decisions]).toEqual([1, 'waiting', []]);
    expect(stderr).toContain('not confirmed: nothing was approved.\n');
  });

  it('shows the plan to whoever is asked, also when the result goes elsewhere', async () => {
    const shown = /6 interfaces to delete[\s\S]*Type yes: /;
    expect((await cli(approve, await ledgerWith(proposed()), { typed: 'no\n', isRedirected: true })).stderr).toMatch(shown);
    const { stderr, stdout } = await cli(`${approve} --format json`, await ledgerWith(proposed()), { typed: 'no\n' });
    expect(stderr).toMatch(shown);
    expect(v.parse(DECISION, JSON.parse(stdout))).toMatchObject({ accepted: false, plan: { status: 'waiting' } });
  });

  it('prints one object as JSON', async () => {
    const { stdout, code } = await cli(`${approve} --format json`, await ledgerWith(proposed()));
    expect(code).toBe(0);
    expect(v.parse(DECISION, JSON.parse(stdout))).toMatchObject({
      accepted: true,
      says: `approved by ${ALICE}`,
      plan: { status: 'approved' },
    });
  });
});

describe('reject', () => {
  it.each(['waiting', 'approved'] as const)('is recorded for a plan that is %s', async (status) => {
    const { code, plan, stdout } = await cli(reject, await ledgerWith(proposed({ status, decision: decision() })));
    expect([code, plan?.status, plan?.decision?.verdict]).toEqual([0, 'rejected', 'reject']);
    expect(stdout).toContain('is not asked about again');
  });

  it('asks, too', async () => {
    const { code, stderr, plan } = await cli(reject, await ledgerWith(proposed()), { typed: 'no\n' });
    expect([code, plan?.status]).toEqual([1, 'waiting']);
    expect(stderr).toContain('Reject the deletion of these 6 interfaces? Type yes: not confirmed: nothing was rejected.');
  });
});

describe('what is refused', () => {
  const over = { status: 'rejected', decision: decision({ verdict: 'reject' }) } as const;
  it.each<[string, ProposedPlan[], string]>([
    ['unknown', [], `there is no plan ${PLAN_ID}`],
    ['expired', [proposed({ status: 'expired', says: 'nobody approved it' })], `plan ${PLAN_ID} expired: nobody approved it`],
    ['late', [proposed({ expiresAt: '2026-11-20T18:00:00.000Z' })], `plan ${PLAN_ID} expired at`],
    ['superseded', [proposed({ status: 'superseded', says: 'the world changed' })], `plan ${PLAN_ID} is void: the world changed`],
    ['consumed', [proposed({ status: 'done' })], `plan ${PLAN_ID} is consumed`],
    ['under way', [proposed({ status: 'running' })], `plan ${PLAN_ID} is consumed`],
    ['rejected', [proposed(over)], `plan ${PLAN_ID} was rejected by ${ALICE}`],
    ['approved already', [proposed({ status: 'approved', decision: decision() })], `plan ${PLAN_ID} was already approved by ${ALICE}`],
    ['of an earlier round', [proposed({ id: `${PLAN_ID}-2`, round: 2 })], `wait as plan ${PLAN_ID}-2 (waiting)`],
  ])('%s: without a question, with the reason and what to do, and recorded', async (_, plans, says) => {
    const { code, stdout, stderr, plan, decisions } = await cli(approve, await ledgerWith(...plans), { typed: 'yes\n' });
    expect([code, stderr]).toEqual([1, '']);
    expect(plan?.status).toBe(plans[0]?.status);
    expect(stripVTControlCharacters(stdout).replace(/\s+/g, ' ')).toContain(says);
    expect(stdout).toContain('Nothing');
    expect(stdout).toContain(`sgp-warden audit --region eu-west-1 --ledger ${LEDGER}\n`);
    expect(decisions).toEqual([expect.objectContaining({ accepted: false, by: ALICE, says: expect.stringContaining(says) })]);
  });

  it('says so in JSON', async () => {
    const { code, stdout } = await cli(`${approve} --format json`, await ledgerWith());
    expect(code).toBe(1);
    expect(v.parse(DECISION, JSON.parse(stdout))).toEqual({
      schemaVersion: 1,
      accepted: false,
      plan: null,
      says: `there is no plan ${PLAN_ID}`,
    });
  });

  it('is bad usage where the arguments are, all of them at once, and asks nobody', async () => {
    const { code, stderr, decisions } = await cli('approve 123 --format yaml', await ledgerWith(proposed()));
    expect([code, decisions]).toEqual([2, []]);
    expect(stderr).toContain('3 problems to solve first');
    expect(stderr).toContain('`sgp-warden approve --help` shows the usage.');
  });
});

describe('what could not be read', () => {
  const denied = (action: string) =>
    new ConfigError(
      [`ledger dynamodb:warden: these credentials may not ${action} (AccessDeniedException: no); allow ${action} on the table`],
      {
        cause: Object.assign(new Error('no'), { name: 'AccessDeniedException' }),
      },
    );
  const fails = (error: Error) => () => Promise.reject(error);

  it('is a ledger that may not be read: the permission is named, and nothing was changed', async () => {
    const store = { ...(await ledgerWith(proposed())), get: fails(denied('dynamodb:Query')) };
    const { code, stdout, stderr, plan } = await cli(approve, store, { typed: 'yes\n' });
    expect([code, stdout, plan?.status]).toEqual([3, '', 'waiting']);
    expect(stderr).toContain('nothing was approved: the plan, or who is asking, could not be read (exit 3).');
    expect(stderr).toContain('allow dynamodb:Query on the table');
    expect(stderr).toContain('Nothing was changed.');
  });

  it('is a ledger that may not be written', async () => {
    const store = { ...(await ledgerWith(proposed())), write: fails(denied('dynamodb:PutItem')) };
    const { code, stderr, plan } = await cli(approve, store);
    expect([code, plan?.status]).toEqual([3, 'waiting']);
    expect(stderr).toContain('nothing was approved: the ledger could not be written');
    expect(stderr).toContain('allow dynamodb:PutItem on the table');
    expect(stderr).toContain('Nothing was changed.');
  });

  it('is a write whose answer was lost: never told as if nothing had happened', async () => {
    const store = await ledgerWith(proposed());
    const losing = {
      ...store,
      write: async (...args: Parameters<LedgerStore['write']>) => {
        await store.write(...args);
        throw new Error('socket hang up');
      },
    };
    const { code, stderr, plan } = await cli(approve, losing);
    expect([code, plan?.status]).toEqual([3, 'approved']);
    expect(stderr).toContain('whether the plan was approved is not known');
    expect(stderr).toContain(`The plan is approved now (approved by ${ALICE}); this shows who decided what: sgp-warden history`);
    expect(stderr).not.toContain('Nothing was changed');
  });

  it('is who is asking', async () => {
    for (const error of [new Error('timeout'), new ConfigError(['AWS credentials do not work in eu-west-1'])]) {
      const store = await ledgerWith(proposed());
      const { code, stderr, plan } = await cli(approve, store, { world: { callerIdentity: fails(error) } });
      expect([code, plan?.status]).toEqual([3, 'waiting']);
      expect(stderr).toContain(error.message);
    }
  });

  it('is an answer that names nobody', async () => {
    const nobody = { callerIdentity: async () => ({ accountId: TARGET.accountId, arn: 'unknown' }) };
    const { code, stderr, plan } = await cli(approve, await ledgerWith(proposed()), { world: nobody });
    expect([code, plan?.status]).toEqual([3, 'waiting']);
    expect(stderr).toContain('who is asking could not be read');
  });

  it('is not a table that does not exist, which is a mistake', async () => {
    const missing = new ConfigError(['ledger dynamodb:wardn: there is no such table'], {
      cause: Object.assign(new Error(''), { name: 'ResourceNotFoundException' }),
    });
    expect((await cli(approve, { ...(await ledgerWith()), get: fails(missing) })).code).toBe(2);
  });
});

describe('the place of the ledger', () => {
  it("is the caller's account and the region, in the table that is named", async () => {
    const opened: string[] = [];
    const openLedger = async (name: string, region: string) => {
      opened.push(`${name} for ${region}`);
      return ledgerWith();
    };
    const us = `approve ${PLAN_ID} --ledger ${LEDGER} --region us-east-1`;
    const { stdout } = await cli(us, await ledgerWith(), { world: { openLedger } });
    expect(opened).toEqual([`${LEDGER} for us-east-1`]);
    expect(stdout).toContain(`sgp-warden audit --region us-east-1 --ledger ${LEDGER}\n`);
  });

  it('is never a file that is made by looking into it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'decide-'));
    const world = { openLedger: (path: string) => fileStore(path), fileTargets };
    const { code, stderr } = await cli(`approve ${PLAN_ID} --ledger ${join(folder, 'wardn.json')}`, await ledgerWith(), { world });
    expect(code).toBe(2);
    expect(stderr).toContain('there is no such file, or nothing in it');
    expect(await readdir(folder)).toEqual([]);
    await rm(folder, { recursive: true });
  });
});
