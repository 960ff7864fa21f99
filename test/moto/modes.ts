// The packaged stack in each mode, from the sweep that proves orphans to the clean certificate, with every cleanup message doubled and out of order.
import { DescribeNetworkInterfacesCommand } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Moto } from '../support/moto.ts';
import * as seed from '../support/moto-account.ts';
import { deployToMoto, type MotoStack, type Received } from '../support/moto-stack.ts';
import { type Outcome, sgpWarden } from '../support/sgp-warden.ts';

type Json = Received['json'];

const plansIn = (messages: readonly Json[], event: string) =>
  messages.filter(({ kind, transition }) => kind === 'plan' && transition === event);
const cleanedIn = (messages: readonly Json[]) =>
  messages
    .filter(({ transition }) => transition === 'cleaned')
    .map(({ subject }) => (subject as { id: string }).id)
    .sort();
const cleanIn = (messages: readonly Json[]) =>
  messages
    .filter(({ kind, certificate }) => kind === 'certificate' && (certificate as { outcome: string }).outcome === 'clean')
    .map(({ cluster }) => cluster)
    .sort();

/** Two deleted clusters and a living one, and a stack in one mode. */
function account(moto: Moto, mode: string) {
  let began: Date;
  const all: Json[] = [];
  const state = { orphans: [] as string[], spared: [] as string[], stack: undefined as unknown as MotoStack };
  let ec2: seed.MotoAccount['ec2'];
  const sweep = async (minutes: number) => {
    const received = await state.stack.sweep(new Date(began.getTime() + minutes * 60_000));
    const messages = received.map(({ json }) => json);
    all.push(...messages);
    return messages;
  };
  beforeAll(async () => {
    const made = await seed.emptyAccount(moto);
    ec2 = made.ec2;
    state.stack = await deployToMoto(moto, { CLEANUP_MODE: mode });
    for (const cluster of ['red', 'green', 'blue']) await seed.createCluster(made, cluster);
    for (const cluster of ['red', 'red', 'green']) state.orphans.push(await seed.createBranch(made, { cluster }));
    state.spared = [await seed.createBranch(made, { cluster: 'blue' }), await seed.createInterface(made, { description: 'ours' })].sort();
    for (const cluster of ['red', 'green']) await seed.deleteCluster(made, cluster);
    state.orphans.sort();
    began = new Date();
    await sweep(0);
    await sweep(31);
  });
  afterAll(() => state.stack?.stop());
  return {
    state,
    all,
    sweep,
    existing: async (): Promise<string[]> => {
      const { NetworkInterfaces = [] } = await ec2.send(new DescribeNetworkInterfacesCommand({}));
      const known = new Set([...state.orphans, ...state.spared]);
      return NetworkInterfaces.flatMap(({ NetworkInterfaceId = '' }) => (known.has(NetworkInterfaceId) ? [NetworkInterfaceId] : [])).sort();
    },
    failures: () => state.stack.log.filter((line) => /RunFailures|CleanupFailures|BadEvents|ForeignEvents|"level":"error"/.test(line)),
  };
}

export function modeScenarios(moto: Moto): void {
  describe('the stack with CLEANUP_MODE=report', () => {
    const { state, all, sweep, existing } = account(moto, 'report');

    it('deletes nothing and asks nobody', async () => {
      await sweep(62);
      expect(await existing()).toEqual([...state.orphans, ...state.spared].sort());
      expect(all.filter(({ kind }) => kind === 'plan')).toEqual([]);
    });
  });

  describe('the stack with CLEANUP_MODE=approve', () => {
    const { state, all, sweep, existing, failures } = account(moto, 'approve');
    const decide = (verdict: string, plan: unknown): Promise<Outcome> =>
      sgpWarden([verdict, String(plan), '--ledger', state.stack.ledger], moto.env);

    it('asks once for each deleted cluster, and deletes nothing before somebody answers', async () => {
      const again = await sweep(62);
      expect(
        plansIn(all, 'proposed')
          .map(({ cluster }) => cluster)
          .sort(),
      ).toEqual(['green', 'red']);
      expect(plansIn(again, 'proposed')).toEqual([]);
      expect(await existing()).toEqual([...state.orphans, ...state.spared].sort());
    });

    it('refuses an approval of a plan that there is not, and one by nobody', async () => {
      const unknown = await decide('approve', '0123456789abcdef');
      expect([unknown.exitCode, unknown.stdout]).toEqual([1, expect.stringContaining('there is no plan 0123456789abcdef')]);
      const malformed = await decide('approve', 'all');
      expect(malformed.exitCode).toBe(2);
    });

    it('deletes what was approved once, each announced, and certifies', async () => {
      for (const { planId } of plansIn(all, 'proposed')) expect((await decide('approve', planId)).exitCode).toBe(0);
      const messages = await sweep(93);
      expect(await existing()).toEqual(state.spared);
      expect(cleanedIn(messages)).toEqual(state.orphans);
      expect(
        plansIn(messages, 'finished')
          .map(({ cluster }) => cluster)
          .sort(),
      ).toEqual(['green', 'red']);
      expect(cleanIn(messages)).toEqual(['green', 'red']);
      expect(failures()).toEqual([]);
    });

    it('refuses to approve twice what was carried out, and keeps a history of all of it', async () => {
      const [plan] = plansIn(all, 'proposed');
      const twice = await decide('approve', plan?.planId);
      expect([twice.exitCode, twice.stdout]).toEqual([1, expect.stringContaining('is consumed')]);
      const history = await sgpWarden(['history', '--ledger', state.stack.ledger, '--format', 'json'], moto.env);
      const { decisions } = JSON.parse(history.stdout) as { decisions: { accepted: boolean }[] };
      expect(decisions.map(({ accepted }) => accepted).sort()).toEqual([false, false, true, true]);
      for (const id of state.orphans) expect(history.stdout).toContain(id);
    });
  });

  describe('the stack with CLEANUP_MODE=auto', () => {
    const { state, all, sweep, existing, failures } = account(moto, 'auto');

    it('deletes on the sweep what it proved, each announced, and certifies', async () => {
      await sweep(62);
      expect(await existing()).toEqual(state.spared);
      expect(cleanedIn(all)).toEqual(state.orphans);
      expect(plansIn(all, 'proposed')).toEqual([]);
      expect(cleanIn(all)).toEqual(['green', 'red']);
      expect(failures()).toEqual([]);
    });
  });
}
