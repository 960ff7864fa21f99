import { describe, expect, it } from '@jest/globals';
import guard from '../../../shared/plans/guards/own-account.ts';
import { ACCOUNT_ID, branchEni, REGION } from '../../support/interfaces.ts';
import { orphan, said } from '../candidates.ts';

describe('own-account', () => {
  it.each([
    ['the audited account', ACCOUNT_ID, 'allows'],
    ['a participant of a shared VPC', '999988887777', `owner is 999988887777, the audited account is ${ACCOUNT_ID}`],
    ['nobody that EC2 states', '', `owner is not stated, the audited account is ${ACCOUNT_ID}`],
  ])('owned by %s', (_name, ownerId, says) => {
    expect(said(guard, orphan({ eni: branchEni({ ownerId }) }))).toBe(says);
  });

  it('compares with the account of the run', () => {
    expect(said(guard, orphan(), { target: { accountId: '999988887777', region: REGION } })).not.toBe('allows');
  });
});
