import { describe, expect, it } from '@jest/globals';
import type { Announcement } from '../../shared/content/announcement.ts';
import type { RegionLedger } from '../../shared/digests/daily.ts';
import type { DailyState } from '../../shared/digests/digest.ts';
import { lastDue, nextDaily } from '../../shared/digests/due.ts';
import { watched } from '../../shared/digests/watch.ts';
import { packBody } from '../../shared/ledger/dynamodb/body.ts';
import { messageOf } from '../../shared/render/batch-content.ts';
import { emailOf } from '../../shared/render/email.ts';
import { ACCEPTED } from '../support/acceptances.ts';
import { dailyState, NOW, numbers, WATCH } from '../support/daily.ts';
import { blockedSet, orphansOf, stateOf } from '../support/findings.ts';
import { leaked, leftover } from '../support/leftovers.ts';
import { proposed } from '../support/plans.ts';
import { finding, gap, TARGET } from '../support/reports.ts';

const emails = (batch: readonly Announcement[]) => emailOf(messageOf(batch));

const AT = new Date('2026-11-26T07:10:00.000Z');
const DUE = new Date('2026-11-26T07:00:00.000Z');
const OLD = '2026-11-24T12:00:00.000Z';
const NEW = '2026-11-25T18:00:00.000Z';
const DELETED = { cluster: 'payments', digest: 'd', lease: { by: 'w', until: NEW }, by: 'b', proof: [], interface: undefined, says: '' };

const ledger = (changes: Partial<RegionLedger> = {}): RegionLedger => ({
  region: 'eu-west-1',
  ledger: 'dynamodb:warden',
  ...{ states: [], deletions: [], plans: [], acceptances: [] },
  watch: { ...WATCH, audits: 60, last: '2026-11-26T07:00:00.000Z' },
  ...changes,
});

const told = (ledgers: readonly RegionLedger[], before: DailyState | undefined = dailyState({ sentAt: NOW })) =>
  nextDaily(before, ledgers, DUE, AT, ['sns', 'chat']).pending[0]?.digest;

const low = finding({ ruleId: 'pod-to-pod-path-blocked', severity: 'low', subject: { type: 'vpc', id: 'vpc-1' }, firstSeen: OLD });

describe('the hour', () => {
  it.each([
    ['2026-11-26T07:00:00.000Z', 7, '2026-11-26T07:00:00.000Z'],
    ['2026-11-26T06:59:59.999Z', 7, '2026-11-25T07:00:00.000Z'],
    ['2026-11-26T23:30:00.000Z', 0, '2026-11-26T00:00:00.000Z'],
    ['2027-01-01T00:10:00.000Z', 23, '2026-12-31T23:00:00.000Z'],
  ])('at %s, by the clock’s %i, was last at %s', (at, hour, due) => {
    expect(lastDue(new Date(at), hour).toISOString()).toBe(due);
  });
});

describe('a digest', () => {
  it('is not sent by a new stack: what it sees in its first minutes is no day', () => {
    const state = nextDaily(undefined, [ledger({ states: [stateOf(leftover(1))] })], DUE, AT, ['sns']);
    expect(state).toEqual({
      due: DUE.toISOString(),
      at: AT.toISOString(),
      auditsThen: { 'eu-west-1': 60 },
      history: [{ at: AT.toISOString(), numbers: numbers({ open: 1, orphans: 1, addresses: 1 }) }],
      pending: [],
    });
  });

  it('is owed to every publisher, after what was owed before', () => {
    const owed = { digest: dailyDigestOf(), recipients: ['chat'] };
    const { pending, sentAt } = nextDaily(dailyState({ pending: [owed] }), [ledger()], DUE, AT, ['sns', 'chat']);
    expect(pending).toEqual([owed, { digest: expect.objectContaining({ at: AT.toISOString() }), recipients: ['sns', 'chat'] }]);
    expect(sentAt).toBe(AT.toISOString());
  });

  it('that nobody took for a week gives way to newer ones: each of them says how it stands', () => {
    const owed = { digest: dailyDigestOf(), recipients: ['chat'] };
    const { pending } = nextDaily(dailyState({ pending: Array(30).fill(owed) }), [ledger()], DUE, AT, ['sns', 'chat']);
    expect(pending).toHaveLength(7);
    expect(pending.at(-1)).toMatchObject({ digest: { at: AT.toISOString() }, recipients: ['sns', 'chat'] });
  });

  it.each<[string, Partial<RegionLedger>]>([
    ['an open finding of medium severity', { states: [stateOf({ ...low, severity: 'medium' })] }],
    ['a new one of low severity', { states: [stateOf({ ...low, firstSeen: NEW })] }],
    ['one that went away', { states: [stateOf(low, { status: 'resolved', resolvedAt: NEW })] }],
    ['something that could not be read', { states: [stateOf(gap('clusters', 'eks:DescribeCluster', ['a']).finding)] }],
    ['a plan that waits', { plans: [proposed()] }],
    ['a region that nobody looked at for hours', { watch: { ...WATCH, last: '2026-11-26T04:00:00.000Z' } }],
    ['a region that nobody ever looked at', { watch: undefined }],
    ['an acceptance that ends tomorrow', { states: [stateOf({ ...low, accepted: { ...ACCEPTED, until: '2026-11-27T00:00:00.000Z' } })] }],
    [
      'an acceptance whose last week began',
      { states: [stateOf({ ...low, accepted: { ...ACCEPTED, until: '2026-12-03T00:00:00.000Z' } })] },
    ],
    ['an acceptance that ended', { states: [stateOf(low)], acceptances: [{ ...ACCEPTED, findingId: low.id, until: NEW }] }],
  ])('is sent for %s', (_, changes) => {
    expect(told([ledger(changes)])?.tone).toBe('open');
  });

  it.each<[string, Partial<RegionLedger>]>([
    ['nothing', {}],
    ['what is of low severity and known', { states: [stateOf(low)] }],
    ['what is accepted for longer', { states: [stateOf({ ...leftover(1), firstSeen: OLD, accepted: ACCEPTED })] }],
    [
      'what is in the middle of its last week',
      { states: [stateOf({ ...low, accepted: { ...ACCEPTED, until: '2026-12-01T00:00:00.000Z' } })] },
    ],
    ['what is announced to nobody yet', { states: [stateOf(leaked(1, 'suspect', { summary: '', commands: [] }), { quiet: true })] }],
    ['what went away long ago', { states: [stateOf(low, { status: 'resolved', resolvedAt: OLD })] }],
  ])('is not sent for %s', (_, changes) => {
    expect(told([ledger(changes)])).toBeUndefined();
  });

  it.each([
    ['2026-11-19T07:20:00.000Z', 'quiet'],
    ['2026-11-20T07:20:00.000Z', undefined],
    [undefined, 'quiet'],
  ])('of nothing is sent once a week: the last one was at %s', (sentAt, tone) => {
    expect(told([ledger()], dailyState(sentAt === undefined ? {} : { sentAt }))?.tone).toBe(tone);
  });

  it('counts the audits since the last message, and tells of the last gap', () => {
    const quiet = told([ledger()], dailyState());
    expect(quiet?.regions.first).toEqual([expect.objectContaining({ audits: 48, lastIncomplete: WATCH.incomplete })]);
  });
});

describe('what a digest says', () => {
  it('is how many are open, new, resolved, cleaned and accepted, with the oldest first', () => {
    const states = [
      stateOf({ ...leftover(1), firstSeen: NEW }),
      stateOf({ ...leftover(2), firstSeen: OLD }),
      stateOf({ ...blockedSet('dns-path-blocked', 'web'), firstSeen: '2026-11-01T00:00:00.000Z' }),
      stateOf({ ...leftover(3), firstSeen: OLD, accepted: ACCEPTED }),
      stateOf(leftover(4), { status: 'resolved', resolvedAt: NEW }),
      stateOf(leftover(5), { status: 'resolved', resolvedAt: NEW }),
    ];
    const { id, subject } = leftover(5);
    const deletions = [{ ...DELETED, interfaceId: subject.id, findingId: id, status: 'deleted', at: NEW } as const];
    const digest = told([ledger({ states, deletions })]);
    expect(digest).toMatchObject({
      now: numbers({ open: 3, orphans: 2, addresses: 2, dnsSets: 1, accepted: 1 }),
      ...{ fresh: 1, resolved: 1, cleaned: 1 },
    });
    expect(digest?.open.first.map(({ ruleId, count, fresh, oldest }) => [ruleId, count, fresh, oldest])).toEqual([
      ['dns-path-blocked', 1, 0, '2026-11-01T00:00:00.000Z'],
      ['orphaned-branch-eni', 2, 1, OLD],
    ]);
    expect(digest?.gone.first.map(({ how, count }) => `${count} ${how}`)).toEqual(['1 resolved', '1 cleaned']);
  });

  it('is of all that hold addresses, where it tells how many', () => {
    const states = [leftover(1), leftover(2, { state: 'suspect' }), leftover(3, { state: 'suspect' })].map((each) => stateOf(each));
    const digest = told([ledger({ states })]);
    const subject = digest && emails([{ kind: 'daily', id: 'daily/x', target: TARGET, digest }]).subject;
    expect(subject).toContain('1 orphan, 3 addresses held');
  });

  it('is compared with a week ago, when that was counted', () => {
    const then = { at: '2026-11-19T07:15:00.000Z', numbers: numbers({ open: 9 }) };
    const history = [{ at: '2026-11-18T07:15:00.000Z', numbers: numbers({ open: 8 }) }, then];
    const ledgers = [ledger({ states: [stateOf(leftover(1))] })];
    expect(told(ledgers, dailyState({ history }))?.before).toEqual(then);
    expect(told(ledgers, dailyState({ history: [] }))?.before).toBeUndefined();
  });

  it('is one of all regions', () => {
    const other = ledger({
      region: 'us-east-1',
      ledger: 'dynamodb:warden@eu-west-1',
      states: orphansOf(2, 1).map((each) => stateOf(each)),
    });
    const digest = told([ledger({ states: [stateOf(leftover(7))] }), other]);
    expect(digest?.now).toMatchObject({ open: 3 });
    expect(new Set(digest?.open.first.map(({ region }) => region))).toEqual(new Set(['eu-west-1', 'us-east-1']));
  });

  it('of the same call that failed for many slices is told once', () => {
    const states = ['branchEnis', 'trunkEnis'].map((slice) => stateOf(gap(slice, 'ec2:DescribeNetworkInterfaces', []).finding));
    expect(told([ledger({ states })])?.unreadable).toEqual({
      count: 1,
      first: [{ region: 'eu-west-1', says: 'ec2:DescribeNetworkInterfaces denied', slices: ['branchEnis', 'trunkEnis'] }],
    });
  });

  it('of 5,000 findings in 300 clusters fits one message, one ledger record, and a second of work', () => {
    const states = orphansOf(5_000, 300).map((each) => stateOf(each));
    const plans = Array.from({ length: 300 }, (_, n) => proposed({ id: n.toString(16).padStart(16, '0') }));
    const began = performance.now();
    const state = nextDaily(dailyState(), [ledger({ states, plans })], DUE, AT, ['sns']);
    expect(performance.now() - began).toBeLessThan(1_000);
    const digest = state.pending[0]?.digest;
    expect(digest).toMatchObject({ now: { open: 5_000, orphans: 5_000, addresses: 5_000 }, open: { count: 300 }, plans: { count: 300 } });
    const { text } = emails(digest ? [{ kind: 'daily', id: 'daily/x', target: TARGET, digest }] : []);
    expect(text).toContain('and 285 more kinds of finding; an audit lists them');
    expect(Buffer.byteLength(text)).toBeLessThan(16 * 1024);
    expect(packBody({ kind: 'daily', state })).toBeDefined();
    expect(Buffer.byteLength(JSON.stringify(state))).toBeLessThan(64 * 1024);
  });
});

describe('what is kept of audits', () => {
  it('is how many, since when, and the last that could not read everything', () => {
    const whole = [{ slice: 'clusters', ok: true }];
    const first = watched(undefined, whole, new Date(OLD));
    expect(first).toEqual({ audits: 1, first: OLD, last: OLD });
    const holed = watched(
      first,
      [
        { slice: 'pins', ok: false, reason: 'denied' },
        { slice: 'clusters', ok: false },
      ],
      new Date(NEW),
    );
    expect(holed).toEqual({ audits: 2, first: OLD, last: NEW, incomplete: { at: NEW, says: 'pins and 1 more' } });
    expect(watched(holed, whole, AT)).toEqual({ ...holed, audits: 3, last: AT.toISOString() });
  });
});

function dailyDigestOf() {
  const digest = told([ledger()], dailyState());
  if (!digest) throw new Error('nothing was told');
  return digest;
}
