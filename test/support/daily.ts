import type { DailyDigest, DailyState, Numbers, Watch } from '../../shared/model/daily.ts';

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
