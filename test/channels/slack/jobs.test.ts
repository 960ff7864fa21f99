import { describe, expect, it } from '@jest/globals';
import { jobsOf } from '../../../shared/channels/slack/jobs.ts';
import { messageId, type StoredMessage } from '../../../shared/channels/slack/message-store.ts';
import type { Announcement } from '../../../shared/content/announcement.ts';
import type { SlackMessage } from '../../../shared/domain/slack.ts';
import { aboutOf } from '../../../shared/render/announced.ts';
import type { SlackRoute } from '../../../shared/settings/slack-secret.ts';
import { acceptedSet, certified, gone, many, orphan, suspect, toldPlan, warned } from '../../render/announcements.ts';
import { proposed } from '../../support/plans.ts';
import { eniId } from '../../support/reports.ts';

const PLATFORM: readonly SlackRoute[] = [{ channel: 'C0PLATFORM' }];
const ROUTES: readonly SlackRoute[] = [{ channel: 'C0ONCALL', atLeast: 'critical' }, { channel: 'C0WEB', clusters: ['web'] }, ...PLATFORM];

const storedOf = (announcement: Announcement, changes: Partial<SlackMessage> = {}): [string, StoredMessage] => {
  const about = aboutOf(announcement);
  const id = messageId(about);
  return [id, { version: 1, message: { id, about, channel: 'C0PLATFORM', ts: '1.1', severity: 'high', announced: [], ...changes } }];
};
const jobs = (announcements: readonly Announcement[], messages: readonly [string, StoredMessage][] = [], routes = PLATFORM) =>
  jobsOf(announcements, new Map(messages), routes);
const subjects = (told: readonly Announcement[]) => told.map((each) => (each.kind === 'transition' ? each.finding.subject.id : each.kind));

describe('a round of announcements', () => {
  it('is a message for each thing, whatever is told of it', () => {
    const announcements = [suspect(1), suspect(2), orphan(1), gone(1)];
    expect(jobs(announcements).map(({ about, announcements: told }) => [about.split('/').at(-1), told.length])).toEqual([
      [eniId(2), 1],
      [eniId(1), 3],
    ]);
  });

  it('a deletion of a cluster is one thing: its warning and its certificates', () => {
    expect(jobs([warned(), certified()])).toHaveLength(1);
    expect(aboutOf(warned())).toBe(aboutOf(certified()));
  });

  it('a plan is one thing in all its rounds', () => {
    expect(aboutOf(toldPlan('proposed', proposed()))).toBe(
      aboutOf(toldPlan('expired', { ...proposed(), id: `${proposed().id}-2`, round: 2 })),
    );
  });

  it('is a digest where there is much that is new, and its most urgent stay by themselves', () => {
    const made = jobs([...many(300), warned(), toldPlan('proposed', proposed())]);
    expect(made.map(({ isDigest, announcements }) => [isDigest, announcements.length])).toEqual([
      [false, 1],
      [false, 1],
      [true, 300],
    ]);
  });

  it('every plan that waits has a message of its own: a digest could not be answered', () => {
    const plans = Array.from({ length: 30 }, (_, n) => toldPlan('proposed', proposed({ id: `${String(n).padStart(16, '0')}` })));
    const over = Array.from({ length: 30 }, (_, n) =>
      toldPlan('expired', proposed({ id: `${String(n).padStart(16, 'f')}`, status: 'expired' })),
    );
    const made = jobs([...plans, ...over]);
    expect(made.filter(({ isDigest }) => !isDigest).flatMap(({ announcements }) => announcements)).toEqual(expect.arrayContaining(plans));
    expect(made.filter(({ isDigest }) => isDigest)).toHaveLength(1);
  });

  it('what has a message is never hidden in a digest', () => {
    const messages = Array.from({ length: 20 }, (_, index) => storedOf(suspect(index + 1)));
    const made = jobs(
      many(0, 300).map((_, index) => gone(index + 1)),
      messages,
    );
    expect(made.filter(({ isDigest }) => !isDigest).map(({ announcements }) => subjects(announcements))).toEqual(
      messages.map((_, index) => [eniId(index + 1)]),
    );
    expect(made.filter(({ isDigest }) => isDigest).flatMap(({ announcements }) => announcements)).toHaveLength(280);
  });

  it('loses nobody', () => {
    const announcements = [...many(40, 30), warned(), acceptedSet(), toldPlan('proposed', proposed())];
    const told = jobs(announcements, [storedOf(suspect(3)), storedOf(gone(60))], ROUTES).flatMap((job) => job.announcements);
    expect(new Set(told)).toEqual(new Set(announcements));
    expect(told).toHaveLength(announcements.length);
  });
});

describe('the channel', () => {
  const critical = acceptedSet();
  it('is the first whose conditions are met; digests are made for each', () => {
    const made = jobs([...many(20), critical], [], ROUTES);
    expect(made.map(({ channel, isDigest }) => [channel, isDigest])).toEqual([
      ['C0PLATFORM', true],
      ['C0ONCALL', false],
    ]);
  });

  it.each<[string, Partial<SlackMessage>, Announcement, string]>([
    ['stays where it is, whatever the routes say now', { channel: 'C0WEB' }, suspect(1), 'C0WEB'],
    ['stays when it becomes less urgent', { channel: 'C0ONCALL', severity: 'critical' }, suspect(1), 'C0ONCALL'],
    ['changes when it becomes more urgent', { channel: 'C0PLATFORM', severity: 'high' }, critical, 'C0ONCALL'],
    ['changes when it is none of ours any more', { channel: 'C0OLD' }, suspect(1), 'C0PLATFORM'],
  ])('of a message %s', (_, before, announcement, channel) => {
    expect(jobs([announcement], [storedOf(announcement, before)], ROUTES).map((job) => job.channel)).toEqual([channel]);
  });
});
