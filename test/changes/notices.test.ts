import { describe, expect, it } from '@jest/globals';
import type { Change } from '../../shared/changes/change.ts';
import { noticesOf } from '../../shared/changes/notices.ts';
import type { FindingState } from '../../shared/domain/finding.ts';
import { ACCEPTED } from '../support/acceptances.ts';
import { CHANGED_AT, change, changedRule, GROUP } from '../support/changes.ts';
import { pathProof } from '../support/path-proofs.ts';
import { finding } from '../support/reports.ts';

const AFTER = '2026-11-20T18:34:10.000Z';
const LONG_BEFORE = '2026-11-19T10:00:00.000Z';
const evidence = {
  pods: 3,
  interfaces: ['eni-1', 'eni-2'],
  proofs: [pathProof('udp', 53, { side: 'egress', groupIds: [GROUP] })],
};

const state = (parts: Partial<FindingState> = {}, cluster = 'payments', firstSeen = AFTER): FindingState => {
  const subject = { type: 'security-group-set', id: GROUP } as const;
  const id = `dns-path-blocked/111122223333/eu-west-1/${cluster}/${GROUP}`;
  const of = finding({ id, ruleId: 'dns-path-blocked', cluster, subject, severity: 'critical', evidence, firstSeen });
  return { finding: of, status: 'open', quiet: false, meaning: 'critical/blocked', lastSeen: AFTER, pending: [], ...parts };
};
const states = (...all: FindingState[]) => new Map(all.map((each) => [each.finding.id, each]));
const judged = (before: FindingState[], after: FindingState[], changes: Change[] = [change()]) =>
  noticesOf({
    region: 'eu-west-1',
    at: AFTER,
    affected: changes.map((each) => ({ change: each, clusters: ['payments', 'search'], everywhere: false })),
    before: states(...before),
    after: states(...after),
    earlier: [],
  });
const authorized = change({
  id: 'authorized',
  call: 'AuthorizeSecurityGroupEgress',
  what: { kind: 'rules-authorized', isEgress: true, rules: [changedRule()] },
});
const resolved = {
  status: 'resolved',
  resolvedAt: AFTER,
  pending: [{ kind: 'resolved', findingId: 'f', at: AFTER, says: 'udp 53 is open', recipients: [] }],
} as const;

describe('a notice', () => {
  it('tells what a set lost, of how many pods, with the fix and the way back', () => {
    const [notice, ...more] = judged([], [state()]);
    expect(more).toEqual([]);
    expect(notice).toMatchObject({ at: AFTER, cluster: 'payments', moreChanges: 0, regained: [] });
    expect(notice?.lost).toMatchObject([
      { ruleId: 'dns-path-blocked', severity: 'critical', setId: GROUP, pods: 3, interfaces: ['eni-1', 'eni-2'] },
    ]);
    expect(notice?.changes).toMatchObject([
      { change: { id: change().id }, undo: { commands: [expect.stringContaining('authorize-security-group-egress')] } },
    ]);
  });

  it('is one for each cluster', () => {
    expect(judged([], [state(), state({}, 'search')]).map(({ cluster }) => cluster)).toEqual(['payments', 'search']);
  });

  it('tells what was regained, and why that is over', () => {
    const [notice] = judged([state()], [state(resolved)], [authorized]);
    expect(notice).toMatchObject({
      lost: [],
      regained: [{ says: 'udp 53 is open', fix: null }],
      changes: [{ change: { id: 'authorized' } }],
    });
  });

  it.each<[string, FindingState[], FindingState[], Change[]]>([
    ['what was lost before the change was made', [state({}, 'payments', LONG_BEFORE)], [state({}, 'payments', LONG_BEFORE)], [change()]],
    ['what nobody is told of yet', [], [state({ quiet: true })], [change()]],
    ['what no change explains', [], [state()], [authorized]],
    [
      'what was over before the change was made',
      [state({ ...resolved, resolvedAt: LONG_BEFORE })],
      [state({ ...resolved, resolvedAt: LONG_BEFORE })],
      [authorized],
    ],
  ])('is none of %s', (_, before, after, changes) => {
    expect(judged(before, after, changes)).toEqual([]);
  });

  it('is none of what somebody answers for, whatever becomes of it', () => {
    const kept = (parts: Partial<FindingState> = {}, firstSeen = AFTER) => {
      const each = state(parts, 'payments', firstSeen);
      return { ...each, finding: { ...each.finding, accepted: ACCEPTED } };
    };
    expect(judged([kept(resolved)], [kept()])).toEqual([]);
    expect(judged([kept({}, LONG_BEFORE)], [kept({ meaning: 'medium/partly-open' }, LONG_BEFORE)])).toEqual([]);
    expect(judged([kept()], [kept(resolved)], [authorized])).toEqual([]);
  });

  it('is of what got worse than what somebody answers for', () => {
    const before = state({ meaning: 'medium/partly-open' }, 'payments', LONG_BEFORE);
    const accepted = { ...before, finding: { ...before.finding, accepted: ACCEPTED } };
    expect(judged([accepted], [state({}, 'payments', LONG_BEFORE)])).toMatchObject([{ lost: [{ setId: GROUP }] }]);
  });

  it('is also of what a sweep found between the call and its event', () => {
    expect(judged([state()], [state()])).toHaveLength(1);
    expect(judged([state(resolved)], [state(resolved)], [authorized])).toHaveLength(1);
  });

  it('is of what got worse, and of what got better and is not good yet', () => {
    const old = state({ meaning: 'medium/partly-open' }, 'payments', LONG_BEFORE);
    const now = state({}, 'payments', LONG_BEFORE);
    expect(judged([old], [now])).toMatchObject([{ lost: [{ setId: GROUP }], regained: [] }]);
    // It is not over: what is still to do says so.
    expect(judged([now], [old], [authorized])).toMatchObject([{ lost: [], regained: [{ setId: GROUP, fix: old.finding.remedy }] }]);
  });

  it('names first what explains a loss, however new what explains something regained is', () => {
    const other = 'sg-0ccccccccccccccc3';
    const [lost, back] = [state(), state(resolved)];
    const regained = { ...back, finding: { ...back.finding, id: 'another', subject: { type: 'security-group-set', id: other } as const } };
    const later = { ...authorized, at: '2026-11-20T18:34:00.000Z' };
    const [notice] = judged([{ ...regained, status: 'open' }], [regained, lost], [later, change()]);
    expect(notice).toMatchObject({ lost: [{}], regained: [{}] });
    expect(notice?.changes.map((each) => each.change.id)).toEqual([change().id, 'authorized']);
  });

  it('lists ten changes and counts the rest', () => {
    const many = Array.from({ length: 14 }, (_, n) =>
      change({ id: `change-${n}`, at: new Date(Date.parse(CHANGED_AT) + n).toISOString() }),
    );
    const [notice] = judged([], [state()], many);
    expect(notice?.changes.map((each) => each.change.id)).toEqual(Array.from({ length: 10 }, (_, n) => `change-${13 - n}`));
    expect(notice?.moreChanges).toBe(4);
  });
});
