// Two runs with sessions of their own over one ledger, each as old as it may be, against a reference that knows only what was done.

import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FindingState } from '../../shared/domain/finding.ts';
import { FINDING } from '../../shared/findings/record.ts';
import { statesById } from '../../shared/ledger/kind.ts';
import { memoryStore } from '../../shared/ledger/memory.ts';
import { acknowledge, outboxOf } from '../../shared/ledger/outbox.ts';
import { knownRecord, type LedgerSession, openSession } from '../../shared/ledger/session.ts';
import { update } from '../../shared/ledger/update.ts';
import { runs } from '../support/runs.ts';
import { finding, findingState, TARGET, time } from './builders.ts';

const SUBJECTS = ['eni-1', 'eni-2'] as const;
const ofSubject = (id: string) => finding({ id, subject: { type: 'network-interface', id } });

type Act = { by: 0 | 1; does: 'announce' | 'deliver' | 'load' | 'look' | 'renew'; about: (typeof SUBJECTS)[number] };
const act = fc.record<Act>({
  by: fc.constantFrom(0, 1),
  does: fc.constantFrom('announce', 'deliver', 'load', 'look', 'renew'),
  about: fc.constantFrom(...SUBJECTS),
});

it('no transition is lost, none is announced twice by the ledger, and what was delivered is never to be delivered again', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(act, { minLength: 1, maxLength: 3 }), { maxLength: 25 }), async (moments) => {
      const store = memoryStore();
      const sessions: [LedgerSession, LedgerSession] = [openSession(store), openSession(store)];
      const announced = new Set<string>();
      const delivered = new Set<string>();
      let minutes = 0;

      const announce = async (session: LedgerSession, id: string) => {
        minutes += 1;
        const transition = { kind: 'changed', findingId: id, at: time(minutes), says: '', recipients: ['sns'] } as const;
        const decide = (now: FindingState | undefined) => {
          const before = now ?? findingState({ finding: ofSubject(id) });
          return { state: { ...before, lastSeen: transition.at, pending: [...before.pending, transition] } };
        };
        const from = await knownRecord(session, TARGET, FINDING.key(id));
        const { outcome } = await update({ store: session, target: TARGET }, FINDING, FINDING.key(id), decide, { from, tries: 50 });
        if (outcome === 'written') announced.add(`${id}#changed#${transition.at}`);
      };
      const deliver = async (session: LedgerSession) => {
        const owed = outboxOf(await session.load(TARGET), TARGET).get('sns') ?? [];
        const deliveries = owed.map(({ id }) => ({ id, delivered: true }) as const);
        const left = await acknowledge(session, TARGET, 'sns', deliveries);
        for (const { id } of deliveries) if (!left.includes(id)) delivered.add(id);
      };
      const does = (session: LedgerSession, { does: what, about, by }: Act): Promise<unknown> => {
        if (what === 'announce') return announce(session, about);
        if (what === 'deliver') return deliver(session);
        if (what === 'look') return session.get(TARGET, FINDING.key(about));
        if (what === 'load') return session.load(TARGET);
        sessions[by] = openSession(store);
        return Promise.resolve();
      };
      // What is in one moment happens at once.
      for (const moment of moments) await Promise.all(moment.map((each) => does(sessions[each.by], each)));

      const pending = [...statesById(await store.load(TARGET), FINDING).values()].flatMap((state) =>
        state.pending.map(({ findingId, kind, at }) => `${findingId}#${kind}#${at}`),
      );
      expect(new Set(pending).size).toBe(pending.length);
      expect(new Set([...pending, ...delivered])).toEqual(announced);
      expect(pending.filter((id) => delivered.has(id))).toEqual([]);
    }),
    { numRuns: runs(300) },
  );
});
