import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Announcement } from '../../../shared/content/announcement.ts';
import { clean } from '../../../shared/content/text.ts';
import { slackUserId } from '../../../shared/domain/slack.ts';
import { batchesOf } from '../../../shared/render/batches.ts';
import type { SlackText } from '../../../shared/render/slack/message.ts';
import { leftover } from '../../support/leftovers.ts';
import { runs } from '../../support/runs.ts';
import { suspect, told } from '../announcements.ts';
import { announcement, text } from '../hostile.ts';
import { details, moved, reply, top } from './drawn-from.ts';
import { FINDING_OFFER, PLAN_OFFER } from './goldens.ts';
import { seenIn, slackViolations } from './slack-limits.ts';

const everyMessage = (batch: readonly Announcement[]): SlackText[] => [
  top(batch),
  top(batch, PLAN_OFFER),
  top(batch, FINDING_OFFER),
  ...details(batch),
  reply(batch),
  moved(batch, 'C0123456789'),
];

const lettersIn = (value: unknown): number => {
  if (typeof value === 'string') return value.length;
  return typeof value === 'object' && value !== null ? Object.values(value).reduce((sum: number, each) => sum + lettersIn(each), 0) : 0;
};

/** Names that a list of announcements gives to Slack: in hostile ones nobody's. */
const violationsOf = (batch: readonly Announcement[]) =>
  everyMessage(batch).flatMap((message) => slackViolations(message, { channels: ['C0123456789'] }));

describe('whatever is announced', () => {
  it('every message is one that Slack takes and shows as text', () => {
    fc.assert(
      fc.property(announcement, (one) => {
        expect(violationsOf([one])).toEqual([]);
        expect(details([one]).length).toBeLessThanOrEqual(3);
        expect(lettersIn(top([one], PLAN_OFFER).blocks)).toBeLessThanOrEqual(3_500);
      }),
      { numRuns: runs(200) },
    );
  });

  it('so is every digest', () => {
    fc.assert(
      fc.property(fc.array(announcement, { minLength: 11, maxLength: 30 }), (all) => {
        for (const batch of batchesOf(all)) expect(violationsOf(batch)).toEqual([]);
      }),
      { numRuns: runs(20) },
    );
  });

  it('so is a digest of thousands', () => {
    fc.assert(
      fc.property(fc.array(announcement, { minLength: 1, maxLength: 10 }), (some) => {
        const all = Array.from({ length: 5_000 }, (_, n) => some[n % some.length] ?? suspect(n));
        expect(violationsOf(all)).toEqual([]);
      }),
      { numRuns: 3 },
    );
  });

  it('the same announcement makes the same messages', () => {
    fc.assert(
      fc.property(announcement, (one) => {
        expect(everyMessage([one])).toEqual(everyMessage([structuredClone(one)]));
      }),
      { numRuns: runs(50) },
    );
  });
});

describe('any name', () => {
  // What ends in half an escape sequence is cleaned together with what follows it.
  const name = text.filter((each) => each.length < 200 && clean(`${each}, `) === `${clean(each)}, `);

  it('is shown as the text that it is', () => {
    fc.assert(
      fc.property(name, (cluster) => {
        const batch = [told('opened', leftover(1, { cluster }))];
        const seen = [top(batch), ...details(batch)].map(seenIn).join('\n');
        expect(seen).toContain(clean(cluster).trim());
      }),
    );
  });

  it('is nobody in Slack', () => {
    fc.assert(fc.property(text, (by) => expect(slackUserId(by)).toBeUndefined()));
  });

  it('of whoever accepted a finding or answers for it mentions that user and nobody else', () => {
    const user = fc.stringMatching(/^U[A-Z0-9]{2,10}$/);
    fc.assert(
      fc.property(user, text, text, (id, reason, owner) => {
        const by = `slack:T0123/${id}/somebody`;
        const accepted = { by, reason, owner, until: '2026-12-31T00:00:00.000Z', at: '2026-11-20T18:35:00.000Z' };
        const batch = [told('suppressed', { ...leftover(1), accepted }, `x: ${reason} (accepted by ${by})`)];
        const messages = everyMessage(batch);
        expect(messages.flatMap((message) => slackViolations(message, { users: [id], channels: ['C0123456789'] }))).toEqual([]);
        expect(JSON.stringify(messages)).toContain(`"user_id":"${id}"`);
      }),
    );
  });
});
