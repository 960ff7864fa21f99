import type { DailyDigest, DailyState, Numbers, Watch } from '../../shared/digests/digest.ts';

export const NOW = '2026-11-25T07:00:05.000Z';

export const WATCH: Watch = {
  audits: 48,
  first: '2026-11-18T07:00:00.000Z',
  last: '2026-11-25T07:00:00.000Z',
  incomplete: { at: '2026-11-20T11:00:00.000Z', says: 'branchEnis: ec2:DescribeNetworkInterfaces failed' },
};

export const numbers = (changes: Partial<Numbers> = {}): Numbers => ({
  ...{ open: 0, orphans: 0, suspects: 0, addresses: 0, dnsSets: 0, probeSets: 0, accepted: 0 },
  ...changes,
});

const none = { count: 0, first: [] };

/** A day on which there was nothing to say; say what there was. */
export const dailyDigest = (changes: Partial<DailyDigest> = {}): DailyDigest => ({
  tone: 'quiet',
  at: NOW,
  since: '2026-11-24T07:00:05.000Z',
  toldAt: '2026-11-18T07:00:05.000Z',
  now: numbers(),
  before: { at: '2026-11-18T07:00:05.000Z', numbers: numbers() },
  ...{ fresh: 0, resolved: 0, cleaned: 0, lapsed: 0 },
  ...{ open: none, gone: none, unreadable: none, expiring: none, plans: none },
  regions: {
    count: 1,
    first: [
      {
        region: 'eu-west-1',
        ledger: 'dynamodb:warden',
        audits: 336,
        lastAudit: '2026-11-25T07:00:00.000Z',
        lastIncomplete: WATCH.incomplete,
        isStale: false,
      },
    ],
  },
  ...changes,
});

export const dailyState = (changes: Partial<DailyState> = {}): DailyState => ({
  due: '2026-11-25T07:00:00.000Z',
  at: NOW,
  auditsThen: { 'eu-west-1': 12 },
  history: [{ at: NOW, numbers: numbers() }],
  pending: [],
  ...changes,
});

/** Five thousand findings, a gap, a region that nobody looks at, a plan, acceptances: everything at once. */
export const FULL_DAY: Partial<DailyDigest> = {
  tone: 'open',
  now: numbers({ open: 5_000, orphans: 4_200, suspects: 300, addresses: 4_510, dnsSets: 2, probeSets: 1, accepted: 12 }),
  before: { at: '2026-11-18T07:00:05.000Z', numbers: numbers({ open: 4_100, orphans: 4_100, addresses: 4_400, accepted: 11 }) },
  ...{ fresh: 901, resolved: 3, cleaned: 40, lapsed: 1 },
  open: {
    count: 61,
    first: Array.from({ length: 25 }, (_, n) => ({
      region: n % 2 === 0 ? 'eu-west-1' : 'us-east-1',
      cluster: `cluster-${n}`,
      ruleId: 'orphaned-branch-eni',
      state: 'orphan',
      severity: 'high' as const,
      count: 168 - n,
      fresh: n % 3,
      addresses: 170 - n,
      oldest: `2026-11-${String(10 + Math.floor(n / 3)).padStart(2, '0')}T12:00:00.000Z`,
      example: `eni-${n} is an orphan of the deleted cluster cluster-${n}: seen unchanged`,
    })),
  },
  gone: { count: 1, first: [{ how: 'cleaned', region: 'eu-west-1', cluster: 'checkout', ruleId: 'orphaned-branch-eni', count: 40 }] },
  unreadable: {
    count: 1,
    first: [{ region: 'us-east-1', says: 'ec2:DescribeNetworkInterfaces denied', slices: ['branchEnis', 'trunkEnis'] }],
  },
  expiring: {
    count: 1,
    first: [
      {
        findingId: 'dns-path-blocked/111122223333/eu-west-1/web/sg-1',
        region: 'eu-west-1',
        summary: 'pods of web with sg-1 cannot resolve names',
        owner: 'web-team',
        until: '2026-11-25T23:59:59.999Z',
      },
    ],
  },
  plans: {
    count: 1,
    first: [{ id: '0123456789abcdef', region: 'eu-west-1', cluster: 'batch', interfaces: 6, expiresAt: '2026-11-26T05:00:00.000Z' }],
  },
  regions: {
    count: 3,
    first: [
      {
        region: 'ap-south-1',
        ledger: 'dynamodb:warden@eu-west-1',
        audits: 0,
        lastAudit: undefined,
        lastIncomplete: undefined,
        isStale: true,
      },
      { region: 'eu-west-1', ledger: 'dynamodb:warden', audits: 48, lastAudit: NOW, lastIncomplete: undefined, isStale: false },
      {
        region: 'us-east-1',
        ledger: 'dynamodb:warden@eu-west-1',
        audits: 48,
        lastAudit: NOW,
        lastIncomplete: { at: '2026-11-25T06:30:00.000Z', says: 'branchEnis: denied' },
        isStale: false,
      },
    ],
  },
};
