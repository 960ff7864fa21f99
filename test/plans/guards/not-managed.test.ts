import { describe, expect, it } from '@jest/globals';
import guard from '../../../shared/plans/guards/not-managed.ts';
import { branchEni } from '../../support/interfaces.ts';
import { orphan, said } from '../candidates.ts';

describe('not-managed', () => {
  it.each([
    ['nobody', {}, 'allows'],
    ['EKS Auto Mode', { operator: 'eks.amazonaws.com' }, 'operated by eks.amazonaws.com'],
    ['a requester', { requesterManaged: true }, 'requester-managed'],
    ['EC2 did not say whom', { requesterManaged: undefined }, 'EC2 did not say whether it is requester-managed'],
  ])('managed by %s', (_name, eni, says) => {
    expect(said(guard, orphan({ eni: branchEni(eni) }))).toMatch(says);
  });
});
