import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Publisher } from '../../shared/channels/publisher.ts';
import type { Announcement } from '../../shared/content/announcement.ts';
import { memoryStore } from '../../shared/ledger/memory.ts';
import { certified, cutOff, gone, many, orphan, suspect, told, toldPlan, unread, warned } from '../render/announcements.ts';
import { leftover } from '../support/leftovers.ts';
import { PLAN_ID, proposed } from '../support/plans.ts';
import { eniId } from '../support/reports.ts';

/** A publisher with the place that its messages arrive at. */
export interface Posted {
  publisher: Publisher;
  /** The subjects of the announcements that arrived alone, in the order of their arrival. */
  arrived: () => readonly string[];
  /** Everything fails for this reason, until `recover`. */
  breakDown: (reason: string) => void;
  /** Announcements about this subject are refused, and no others. */
  refuse: (subject: string, reason: string) => void;
  recover: () => void;
}

const all = (announcements: readonly Announcement[]) => announcements.map(({ id }) => ({ id, delivered: true }));

/** The specification of a publisher: every publisher passes it. */
export function publisherConformance(name: string, fresh: () => Posted): void {
  describe(`${name} is a publisher`, () => {
    let posted: Posted;
    const publish = (...announcements: Announcement[]) => posted.publisher.publish(announcements, memoryStore());
    beforeEach(() => {
      posted = fresh();
    });

    it('has a name, which transitions are owed to', () => {
      expect(posted.publisher.name).toMatch(/^[a-z]+$/);
    });

    it('of nothing makes nothing', async () => {
      expect(await publish()).toEqual([]);
      expect(posted.arrived()).toEqual([]);
    });

    it('delivers every kind of announcement, and answers in the order that it was asked', async () => {
      const announcements = [gone(1), suspect(2), orphan(3), unread(), certified(), warned(), toldPlan('proposed', proposed()), cutOff()];
      expect(await publish(...announcements)).toEqual(all(announcements));
      expect([...posted.arrived()].sort()).toEqual(
        [eniId(1), eniId(2), eniId(3), 'clusters', 'payments', 'payments', 'payments', PLAN_ID].sort(),
      );
    });

    it('answers for each of several transitions of one finding', async () => {
      const announcements = [suspect(1), orphan(1), gone(1)];
      expect(await publish(...announcements)).toEqual(all(announcements));
      expect(posted.arrived()).toEqual([eniId(1), eniId(1), eniId(1)]);
    });

    it.each([11, 5_000])('answers for %d at once', async (count) => {
      const announcements = many(count);
      expect(await publish(...announcements)).toEqual(all(announcements));
    });

    it('of an outage says why, for every announcement, and does not throw', async () => {
      posted.breakDown('it is Friday evening');
      for (const announcements of [many(3), many(50)]) {
        const deliveries = await publish(...announcements);
        expect(deliveries.map(({ id, delivered }) => ({ id, delivered }))).toEqual(
          announcements.map(({ id }) => ({ id, delivered: false })),
        );
        for (const delivery of deliveries) expect(delivery).toHaveProperty('reason', expect.stringContaining('it is Friday evening'));
      }
      expect(posted.arrived()).toEqual([]);
    });

    it('delivers after an outage what it is still owed', async () => {
      posted.breakDown('later');
      await publish(suspect(1));
      posted.recover();
      expect(await publish(suspect(1))).toEqual(all([suspect(1)]));
      expect(posted.arrived()).toEqual([eniId(1)]);
    });

    it('delivers the others when one is refused', async () => {
      posted.refuse(eniId(2), 'too ugly');
      const [first, refused, last] = await publish(suspect(1), suspect(2), suspect(3));
      expect([first, last]).toEqual(all([suspect(1), suspect(3)]));
      expect(refused).toEqual({ id: suspect(2).id, delivered: false, reason: expect.stringContaining('too ugly') });
      expect(posted.arrived()).toEqual([eniId(1), eniId(3)]);
    });

    it('leaves what it was given as it was', async () => {
      const announcements = [suspect(1), told('opened', { ...leftover(2), evidence: { text: 'x'.repeat(300_000) } }), certified()];
      const before = structuredClone(announcements);
      await posted.publisher.publish(Object.freeze(announcements), memoryStore());
      expect(announcements).toEqual(before);
    });
  });
}
