import { describe, expect, it } from '@jest/globals';
import { cleaned } from '../../shared/findings/cleaned.ts';
import type { DeletionOutcome } from '../../shared/plans/deletion.ts';
import { findingState, minute, time } from '../ledger/builders.ts';

const open = findingState();
const outcome = (status: DeletionOutcome['status']): DeletionOutcome => ({
  interfaceId: 'eni-1',
  cluster: 'blue',
  findingId: open.finding.id,
  status,
  says: `it was ${status}`,
});

describe('a finding after its deletion', () => {
  it.each([
    ['deleted', 'cleaned', 'eni-1 is deleted'],
    ['already-gone', 'resolved', 'eni-1 is gone'],
  ] as const)('is resolved when it was %s, and people are told that it was %s', (status, kind, says) => {
    const state = cleaned(open, outcome(status), minute(5), ['sns', 'chat']);
    expect(state).toMatchObject({ status: 'resolved', resolvedAt: time(5), finding: open.finding });
    expect(state?.pending).toEqual([
      { kind, findingId: open.finding.id, at: time(5), says, details: `it was ${status}`, recipients: ['sns', 'chat'] },
    ]);
  });

  it('stays open when that failed, and people are told', () => {
    const state = cleaned(open, outcome('failed'), minute(5), ['sns']);
    expect(state).toMatchObject({
      status: 'open',
      pending: [{ kind: 'cleanup-failed', says: 'eni-1 could not be deleted', details: 'it was failed' }],
    });
    expect(state).not.toHaveProperty('resolvedAt');
  });

  it('is left alone by a refusal', () => {
    expect(cleaned(open, outcome('refused'), minute(5), ['sns'])).toBeUndefined();
  });

  it.each(['deleted', 'already-gone', 'failed'] as const)('is left alone when an audit resolved it before: %s', (status) => {
    expect(cleaned(findingState({ status: 'resolved' }), outcome(status), minute(5), ['sns'])).toBeUndefined();
  });

  it('keeps what it still owed before', () => {
    const owed = { kind: 'opened', findingId: open.finding.id, at: time(1), says: 'new', recipients: ['sns'] } as const;
    expect(cleaned(findingState({ pending: [owed] }), outcome('deleted'), minute(5), ['sns'])?.pending.map((each) => each.kind)).toEqual([
      'opened',
      'cleaned',
    ]);
  });

  it('owes nothing where nobody publishes', () => {
    expect(cleaned(open, outcome('deleted'), minute(5), [])).toMatchObject({ status: 'resolved', pending: [] });
  });
});
