import type { Acceptance } from '../../shared/domain/acceptance.ts';

/** Somebody answers for a finding until the end of the year. */
export const ACCEPTED: Acceptance = {
  findingId: 'orphaned-branch-eni/111122223333/eu-west-1/blue/eni-1',
  by: 'arn:aws:iam::111122223333:user/anna',
  reason: 'kept for the auditors',
  owner: 'web-team',
  until: '2026-12-31T23:59:59.999Z',
  at: '2026-11-20T18:00:00.000Z',
  severity: 'high',
  meaning: 'high/orphan',
};
