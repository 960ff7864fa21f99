import { describe, expect, it } from '@jest/globals';
import type { Publisher } from '../../shared/channels/publisher.ts';
import { jsonLogger } from '../../shared/domain/log.ts';
import { memoryStore } from '../../shared/ledger/memory.ts';
import { openSession } from '../../shared/ledger/session.ts';
import { planKey } from '../../shared/plans/record.ts';
import { publishPending } from '../../shared/run/publish.ts';
import { proposed } from '../support/plans.ts';
import { NEWEST, TARGET } from '../support/reports.ts';

describe('a run that publishes', () => {
  const recorder = (name: string, refuse = '') => {
    const seen: string[] = [];
    const publisher: Publisher = {
      name,
      publish: async (announcements) => {
        seen.push(...announcements.map(({ id }) => id));
        return announcements.map(({ id }) => ({ id, delivered: true }));
      },
      refresh: async ({ region }) => {
        seen.push(`refreshed ${region}`);
        if (refuse) throw new Error(refuse);
      },
    };
    return { publisher, seen };
  };

  it('logs each reason once, and not a thousand', async () => {
    const store = memoryStore();
    const plan = proposed();
    const pending = Array.from({ length: 9 }, (_, n) => {
      const at = new Date(Date.parse(NEWEST) + n).toISOString();
      return { plan: plan.id, event: 'proposed', at, says: '', recipients: ['slack'] } as const;
    });
    await store.write(TARGET, [{ key: planKey(plan.id), ifVersion: 0, body: { kind: 'plan', state: { plan, pending } } }]);
    const lines: string[] = [];
    const publisher: Publisher = {
      name: 'slack',
      publish: async (all) => all.map(({ id }, n) => ({ id, delivered: false, reason: `channel ${Math.max(0, n - 1)} is archived` })),
    };
    const log = jsonLogger(
      (line) => lines.push(line),
      () => new Date(NEWEST),
    );
    await publishPending(store, TARGET, [publisher], log);
    expect(lines.join('\n').match(/channel \d is archived/g)).toEqual([0, 1, 2, 3, 4].map((n) => `channel ${n} is archived`));
  });

  it('sends nothing that another run has sent since this one loaded the ledger', async () => {
    const store = memoryStore();
    const plan = proposed();
    const pending = [{ plan: plan.id, event: 'proposed', at: NEWEST, says: plan.says, recipients: ['sns'] }] as const;
    await store.write(TARGET, [{ key: planKey(plan.id), ifVersion: 0, body: { kind: 'plan', state: { plan, pending } } }]);
    const log = jsonLogger(
      () => undefined,
      () => new Date(NEWEST),
    );
    const [late, other] = [recorder('sns'), recorder('sns')];
    const old = openSession(store);
    await old.load(TARGET);
    await publishPending(store, TARGET, [other.publisher], log);
    await publishPending(old, TARGET, [late.publisher], log);
    expect([other.seen, late.seen]).toEqual([[`plan/${plan.id}#proposed#${NEWEST}`], [`refreshed ${TARGET.region}`]]);
  });

  it('has whoever is owed nothing bring up to date what is shown, and tells when that fails', async () => {
    const store = memoryStore();
    const plan = proposed();
    const pending = [{ plan: plan.id, event: 'proposed', at: NEWEST, says: plan.says, recipients: ['owed'] }] as const;
    await store.write(TARGET, [{ key: planKey(plan.id), ifVersion: 0, body: { kind: 'plan', state: { plan, pending } } }]);
    const [owed, idle, broken] = [recorder('owed'), recorder('idle'), recorder('broken', 'token_revoked')];
    const lines: string[] = [];
    const log = jsonLogger(
      (line) => lines.push(line),
      () => new Date(NEWEST),
    );
    await publishPending(store, TARGET, [owed.publisher, idle.publisher, broken.publisher], log);
    expect([owed.seen, idle.seen]).toEqual([[`plan/${plan.id}#proposed#${NEWEST}`], [`refreshed ${TARGET.region}`]]);
    expect(lines.join('\n')).toContain('token_revoked');
  });
});
