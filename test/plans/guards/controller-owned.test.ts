import { describe, expect, it } from '@jest/globals';
import guard from '../../../shared/plans/guards/controller-owned.ts';
import { branchEni, branchTags, trunkEni } from '../../support/interfaces.ts';
import { orphan, said } from '../candidates.ts';

describe('controller-owned', () => {
  it.each([
    ['a branch interface of the controller', {}, 'allows'],
    ['any other description', { description: 'aws-K8S-i-0a1b2c3d4e5f60718' }, /description is aws-K8S-i-/],
    ['no description', { description: '' }, /description is empty/],
    ['another owner', { tags: { ...branchTags(), 'eks:eni:owner': 'amazon-vpc-cni' } }, /eks:eni:owner is amazon-vpc-cni/],
    ['no owner', { tags: {} }, /eks:eni:owner is absent/],
  ])('%s', (_name, eni, says) => {
    expect(said(guard, orphan({ eni: branchEni(eni) }))).toMatch(says);
  });

  it('never lets a trunk through, although the controller owns it', () => {
    expect(said(guard, orphan({ eni: trunkEni() }))).toBe('description is aws-k8s-trunk-eni, not aws-k8s-branch-eni');
  });
});
