import { describe, expect, it } from '@jest/globals';
import type { Delivery } from '../../shared/content/announcement.ts';
import { DAILY } from '../../shared/digests/record.ts';
import type { TransitionKind } from '../../shared/domain/finding.ts';
import { memoryStore } from '../../shared/ledger/memory.ts';
import { acknowledge, outboxOf } from '../../shared/ledger/outbox.ts';
import type { LedgerRecord, LedgerStore } from '../../shared/ledger/store.ts';
import type { PendingNotice } from '../../shared/teardowns/teardown.ts';
import { changeNotice } from '../support/changes.ts';
import { dailyDigest, dailyState, NOW } from '../support/daily.ts';
import { finding, findingState, putFinding, putSighting, recordOf, TARGET, time } from './builders.ts';
import { certificate, putTeardown, warning } from './teardown-builders.ts';

const ID = finding().id;
const transition = (kind: TransitionKind, minutes: number) => ({ kind, findingId: ID, at: time(minutes), says: `${kind} at ${minutes}` });
const pendingOf = (kind: TransitionKind, minutes: number, ...recipients: string[]) => ({ ...transition(kind, minutes), recipients });
const putOwing = (ifVersion: number, ...pending: ReturnType<typeof pendingOf>[]) => {
  const { key } = putFinding(0);
  return { key, ifVersion, body: { kind: 'finding', state: findingState({ pending }) } } as const;
};
const warned = (...recipients: string[]): PendingNotice => ({ kind: 'warning', recipients, warning: warning({ at: time(2) }) });
const certified = (...recipients: string[]): PendingNotice => ({
  kind: 'certificate',
  recipients,
  certificate: certificate({ at: time(4) }),
});
const delivered = (...ids: string[]): Delivery[] => ids.map((id) => ({ id, delivered: true }));
const idOf = (kind: TransitionKind, minutes: number) => `${ID}#${kind}#${time(minutes)}`;
const TEARDOWN = putTeardown(0).key;

async function ledgerOf(...changes: Parameters<LedgerStore['write']>[1]): Promise<LedgerStore> {
  const store = memoryStore();
  await store.write(TARGET, changes);
  return store;
}
const pendingIn = (records: readonly LedgerRecord[]) => records.flatMap(({ body }) => (body.kind === 'finding' ? body.state.pending : []));

describe('what is owed', () => {
  it('is nothing where nothing is pending', () => {
    expect([...outboxOf([recordOf(putSighting(0)), recordOf(putFinding(0)), recordOf(putTeardown(0))], TARGET)]).toEqual([]);
  });

  it('is by publisher, oldest first, with what it is about and an id that stays the same', () => {
    const records = [
      recordOf(putTeardown(0, { pending: [warned('sns', 'chat'), certified('chat')] })),
      recordOf(putOwing(0, pendingOf('opened', 1, 'chat'), pendingOf('changed', 3, 'sns', 'chat'))),
    ];
    const of = { kind: 'transition', target: TARGET, finding: finding() } as const;
    const opened = { ...of, id: idOf('opened', 1), transition: transition('opened', 1) };
    const changed = { ...of, id: idOf('changed', 3), transition: transition('changed', 3) };
    const warns = { kind: 'warning', id: `${TEARDOWN}#warning#${time(2)}`, target: TARGET, warning: warning({ at: time(2) }) };
    const certifies = {
      kind: 'certificate',
      id: `${TEARDOWN}#certificate#${time(4)}`,
      target: TARGET,
      certificate: certificate({ at: time(4) }),
    };
    const owed = outboxOf(records, TARGET);
    expect(owed.get('chat')).toEqual([opened, warns, changed, certifies]);
    expect(owed.get('sns')).toEqual([warns, changed]);
    expect([...owed.keys()].sort()).toEqual(['chat', 'sns']);
  });
});

describe('a notice of changes', () => {
  const notice = { ...changeNotice(), at: time(2) };
  const put = {
    key: `change-notice/${notice.id}`,
    ifVersion: 0,
    body: { kind: 'change-notice', state: { notice, pending: [{ recipients: ['sns', 'chat'] }] } },
  } as const;

  it('is owed until every publisher has sent it, in the order of time', async () => {
    const store = await ledgerOf(put, putOwing(0, pendingOf('opened', 1, 'sns'), pendingOf('changed', 3, 'sns')));
    const owed = async (name: string) => (outboxOf(await store.load(TARGET), TARGET).get(name) ?? []).map(({ id }) => id);
    expect(await owed('sns')).toEqual([idOf('opened', 1), put.key, idOf('changed', 3)]);
    await acknowledge(store, TARGET, 'sns', delivered(put.key));
    expect([await owed('sns'), await owed('chat')]).toEqual([[idOf('opened', 1), idOf('changed', 3)], [put.key]]);
    await acknowledge(store, TARGET, 'chat', delivered(put.key));
    expect(await owed('chat')).toEqual([]);
    expect((await store.get(TARGET, put.key))?.body).toMatchObject({ state: { notice: { id: notice.id }, pending: [] } });
  });

  it('and a transition keeps who explained it', async () => {
    const store = await ledgerOf(putOwing(0, { ...pendingOf('opened', 1, 'sns'), cause: 'alice did it' } as ReturnType<typeof pendingOf>));
    expect(outboxOf(await store.load(TARGET), TARGET).get('sns')).toMatchObject([{ transition: { cause: 'alice did it' } }]);
  });
});

describe('the daily digest', () => {
  const pending = [{ digest: dailyDigest(), recipients: ['sns', 'chat'] }];
  const put = { key: DAILY.key(), ifVersion: 0, body: { kind: 'daily', state: dailyState({ pending }) } } as const;
  const id = `daily/${NOW}`;

  it('is owed like anything else, and settled by its id', async () => {
    expect(outboxOf([recordOf(put)], TARGET).get('chat')).toEqual([{ kind: 'daily', id, target: TARGET, digest: dailyDigest() }]);
    const store = await ledgerOf(put);
    await acknowledge(store, TARGET, 'chat', delivered(id));
    expect((await store.get(TARGET, DAILY.key()))?.body).toMatchObject({ state: { pending: [{ recipients: ['sns'] }] } });
    await acknowledge(store, TARGET, 'sns', delivered(id));
    expect((await store.get(TARGET, DAILY.key()))?.body).toMatchObject({ state: { pending: [] } });
  });
});

describe('settling', () => {
  it('takes one publisher from exactly what it delivered', async () => {
    const store = await ledgerOf(
      putOwing(0, pendingOf('opened', 1, 'sns', 'chat'), pendingOf('changed', 3, 'sns', 'chat')),
      putTeardown(0, { pending: [warned('sns', 'chat'), certified('sns')] }),
    );
    const deliveries = [
      ...delivered(idOf('opened', 1), `${TEARDOWN}#certificate#${time(4)}`),
      { id: idOf('changed', 3), delivered: false, reason: 'too large' } as const,
    ];
    expect(await acknowledge(store, TARGET, 'sns', deliveries)).toEqual([]);
    expect(await store.load(TARGET)).toEqual([
      recordOf(putOwing(1, pendingOf('opened', 1, 'chat'), pendingOf('changed', 3, 'sns', 'chat'))),
      recordOf(putTeardown(1, { pending: [warned('sns', 'chat')] })),
    ]);
  });

  it('drops what is owed to nobody any more, and changes nothing else', async () => {
    const store = await ledgerOf(putOwing(0, pendingOf('opened', 1, 'sns'), pendingOf('changed', 3, 'sns')), putSighting(0));
    await acknowledge(store, TARGET, 'sns', delivered(idOf('opened', 1)));
    expect(await store.load(TARGET)).toEqual([recordOf(putOwing(1, pendingOf('changed', 3, 'sns'))), recordOf(putSighting(0))]);
  });

  it.each<[string, Delivery[]]>([
    ['nothing', []],
    ['what failed', [{ id: idOf('opened', 1), delivered: false, reason: 'no' }]],
    ['what nobody knows', delivered('finding#opened#yesterday')],
    ['what was settled before', delivered(idOf('changed', 3))],
  ])('%s writes nothing', async (_, deliveries) => {
    const store = await ledgerOf(putOwing(0, pendingOf('opened', 1, 'sns'), pendingOf('changed', 3, 'chat')));
    await acknowledge(store, TARGET, 'sns', deliveries);
    expect((await store.load(TARGET)).map((record) => record.version)).toEqual([1]);
  });

  it('settles one of two that say the same of a finding in the same millisecond: the other goes out again', async () => {
    const store = await ledgerOf(
      putOwing(0, pendingOf('changed', 3, 'sns'), { ...pendingOf('changed', 3, 'sns'), says: 'something newer' }),
    );
    await acknowledge(store, TARGET, 'sns', delivered(idOf('changed', 3)));
    expect(pendingIn(await store.load(TARGET))).toEqual([{ ...pendingOf('changed', 3, 'sns'), says: 'something newer' }]);
  });

  /** A store where somebody else writes the finding just before each write, as often as told. */
  const contested = (store: LedgerStore, times: number): LedgerStore => {
    let left = times;
    return {
      ...store,
      write: async (target, changes) => {
        if (left > 0) {
          left -= 1;
          const [record] = await store.load(target);
          if (record?.body.kind === 'finding') {
            const state = { ...record.body.state, meaning: `written ${left}` };
            await store.write(target, [{ key: record.key, ifVersion: record.version, body: { kind: 'finding', state } }]);
          }
        }
        return store.write(target, changes);
      },
    };
  };

  it('that lost the race settles on what the winner wrote', async () => {
    const store = await ledgerOf(putOwing(0, pendingOf('opened', 1, 'sns'), pendingOf('changed', 3, 'sns')));
    expect(await acknowledge(contested(store, 4), TARGET, 'sns', delivered(idOf('opened', 1)))).toEqual([]);
    expect(await store.load(TARGET)).toMatchObject([{ version: 6, body: { state: { meaning: 'written 0' } } }]);
    expect(pendingIn(await store.load(TARGET))).toEqual([pendingOf('changed', 3, 'sns')]);
  });

  it('gives up after five lost races, and says what will be sent again', async () => {
    const store = await ledgerOf(putOwing(0, pendingOf('opened', 1, 'sns'), pendingOf('changed', 3, 'sns')));
    expect(await acknowledge(contested(store, 99), TARGET, 'sns', delivered(idOf('opened', 1)))).toEqual([idOf('opened', 1)]);
    expect(pendingIn(await store.load(TARGET))).toHaveLength(2);
  });

  it('owes nothing for a record that is gone', async () => {
    const store = await ledgerOf(putOwing(0, pendingOf('opened', 1, 'sns')));
    const records = await store.load(TARGET);
    await store.write(TARGET, [{ key: putFinding(0).key, ifVersion: 1, delete: true }]);
    const late = { ...store, load: async () => records };
    expect(await acknowledge(late, TARGET, 'sns', delivered(idOf('opened', 1)))).toEqual([]);
    expect(await store.load(TARGET)).toEqual([]);
  });
});
