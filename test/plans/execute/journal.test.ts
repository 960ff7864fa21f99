import { beforeEach, describe, expect, it } from '@jest/globals';
import { SIGHTING } from '../../../shared/findings/record.ts';
import { newestFirst } from '../../../shared/ledger/kind.ts';
import { memoryStore } from '../../../shared/ledger/memory.ts';
import type { LedgerStore } from '../../../shared/ledger/store.ts';
import { createJournal } from '../../../shared/plans/execute/journal.ts';
import { DELETION } from '../../../shared/plans/record.ts';
import { AT, branchEni, sighting } from '../../support/interfaces.ts';
import { planFor, TARGET } from '../candidates.ts';

const [planned] = planFor([branchEni()]).deletions;
if (!planned) throw new Error('the plan is empty');
const { interfaceId } = planned;
const deleting = { status: 'deleting', says: 'about to be deleted' } as const;

let store: LedgerStore;
let now: Date;
const minutesLater = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000);
};
const workerOf = (worker: string, over = store) =>
  createJournal({ store: over, target: TARGET, digest: 'd', worker, by: `arn:aws:iam::111122223333:user/${worker}`, clock: () => now });
const recorded = async () => newestFirst(await store.load(TARGET), DELETION)[0];
const see = async (newest: Date) => {
  const record = await store.get(TARGET, SIGHTING.key(interfaceId));
  const body = { kind: 'sighting', state: sighting({ newest: newest.toISOString() }) } as const;
  await store.write(TARGET, [{ key: SIGHTING.key(interfaceId), ifVersion: record?.version ?? 0, body }]);
};

beforeEach(() => {
  store = memoryStore();
  now = AT;
});

describe('a claim', () => {
  it('is one worker’s alone, whoever asks while the lease lasts', async () => {
    expect(await workerOf('a').claim(planned)).toEqual({ claimed: true, previous: undefined });
    minutesLater(4.9);
    expect(await workerOf('b').claim(planned)).toEqual({
      claimed: false,
      says: `another run (a) is at it until ${new Date(AT.getTime() + 300_000).toISOString()}`,
    });
  });

  it('goes to exactly one of two that ask at the same moment', async () => {
    const claims = await Promise.all([workerOf('a').claim(planned), workerOf('b').claim(planned)]);
    expect(claims).toContainEqual({ claimed: true, previous: undefined });
    expect(claims).toContainEqual({ claimed: false, says: 'another run took it at the same moment' });
  });

  it('says who asked for what and why, before anything happens', async () => {
    await workerOf('a').claim(planned);
    expect(await recorded()).toMatchObject({
      ...{
        interfaceId,
        status: 'claimed',
        lease: { by: 'a', until: new Date(AT.getTime() + 300_000).toISOString() },
        digest: 'd',
        at: AT.toISOString(),
      },
      by: 'arn:aws:iam::111122223333:user/a',
      proof: planned.proof,
    });
  });

  it('may be taken over when its lease has run out', async () => {
    await workerOf('a').claim(planned);
    minutesLater(5);
    expect(await workerOf('b').claim(planned)).toMatchObject({ claimed: true, previous: { lease: { by: 'a' }, status: 'claimed' } });
  });

  it('keeps saying that a deletion is open, and whose it was, until somebody has looked', async () => {
    const dead = workerOf('a');
    await dead.claim(planned);
    await dead.note(interfaceId, deleting);
    minutesLater(6);
    expect(await workerOf('b').claim(planned)).toMatchObject({ claimed: true, previous: { lease: { by: 'a' }, status: 'deleting' } });
    expect(await recorded()).toMatchObject({ status: 'deleting', lease: { by: 'b' }, by: 'arn:aws:iam::111122223333:user/a' });
  });

  it.each(['refused', 'failed'] as const)('is free at once where the last one ended as %s', async (status) => {
    const first = workerOf('a');
    await first.claim(planned);
    await first.note(interfaceId, { status, says: 'x' });
    expect(await workerOf('b').claim(planned)).toMatchObject({ claimed: true, previous: { status } });
  });
});

describe.each(['deleted', 'already-gone'] as const)('a record of what is %s', (status) => {
  beforeEach(async () => {
    const first = workerOf('a');
    await first.claim(planned);
    await first.note(interfaceId, { status, says: 'x' });
  });
  const refused = { claimed: false, says: `the ledger has it as ${status} since ${AT.toISOString()}` };

  it('is not written over by the same plan carried out again', async () => {
    await see(AT);
    minutesLater(60);
    expect(await workerOf('b').claim(planned)).toEqual(refused);
    expect(await recorded()).toMatchObject({ status, lease: { by: 'a' } });
  });

  it('holds for a list that shows it for moments more', async () => {
    minutesLater(1);
    await see(now);
    expect(await workerOf('b').claim(planned)).toEqual(refused);
  });

  it('gives way to an audit that still sees it later: it was not gone', async () => {
    minutesLater(31);
    await see(now);
    expect(await workerOf('b').claim(planned)).toMatchObject({ claimed: true, previous: { status } });
  });
});

describe('a note', () => {
  it('throws before anything was claimed', async () => {
    await expect(workerOf('a').note(interfaceId, deleting)).rejects.toThrow('was never claimed');
  });

  it('throws when another run took the claim over: a slow worker deletes nothing any more', async () => {
    const slow = workerOf('a');
    await slow.claim(planned);
    minutesLater(6);
    await workerOf('b').claim(planned);
    await expect(slow.note(interfaceId, deleting)).rejects.toThrow('was lost to another run: nothing is deleted on it');
    expect(await recorded()).toMatchObject({ lease: { by: 'b' }, status: 'claimed' });
  });

  it('makes the lease longer while it is open, and ends it when it is over', async () => {
    const journal = workerOf('a');
    await journal.claim(planned);
    minutesLater(4);
    await journal.note(interfaceId, { ...deleting, interface: { NetworkInterfaceId: interfaceId } });
    expect(await recorded()).toMatchObject({ lease: { until: new Date(now.getTime() + 300_000).toISOString() } });
    await journal.note(interfaceId, { status: 'deleted', says: 'deleted' });
    expect(await recorded()).toMatchObject({
      status: 'deleted',
      lease: { by: 'a', until: now.toISOString() },
      interface: { NetworkInterfaceId: interfaceId },
    });
  });

  it('fails aloud when the ledger does', async () => {
    const broken: LedgerStore = {
      ...store,
      write: async () => {
        throw new Error('the table is gone');
      },
    };
    await expect(workerOf('a', broken).claim(planned)).rejects.toThrow('the table is gone');
  });
});

describe('sightings', () => {
  it('are read as they are now, and forgotten when asked to', async () => {
    await see(AT);
    expect(await workerOf('a').sighting(interfaceId)).toMatchObject({ newest: AT.toISOString() });
    await workerOf('a').forget(interfaceId);
    expect(await workerOf('a').sighting(interfaceId)).toBeUndefined();
    await workerOf('a').forget(interfaceId);
  });

  it('that somebody renewed meanwhile are newer than what we saw, and stay', async () => {
    await see(AT);
    const racing: LedgerStore = {
      ...store,
      get: async (target, key) => {
        const record = await store.get(target, key);
        await see(new Date(AT.getTime() + 60_000));
        return record;
      },
    };
    await workerOf('a', racing).forget(interfaceId);
    expect(await workerOf('a').sighting(interfaceId)).toMatchObject({ newest: '2026-11-20T18:01:00.000Z' });
  });
});
