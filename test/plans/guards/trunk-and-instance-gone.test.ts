import { describe, expect, it } from '@jest/globals';
import guard from '../../../shared/plans/guards/trunk-and-instance-gone.ts';
import { branchEni, branchTags, denied, described, INSTANCE_ID, instance, TRUNK_ID, trunkEni } from '../../support/interfaces.ts';
import { orphan, said } from '../candidates.ts';

describe('trunk-and-instance-gone', () => {
  const attachment = { instanceId: INSTANCE_ID, status: 'attached' };

  it.each([
    ['both are gone', {}, 'allows'],
    ['the trunk is itself left behind', { trunks: { [TRUNK_ID]: described(trunkEni()) } }, 'allows'],
    [
      'the trunk is in use',
      { trunks: { [TRUNK_ID]: described(trunkEni({ status: 'in-use', attachment })) } },
      /waiting for trunk .* on i-/,
    ],
    ['the trunk could not be read', { trunks: { [TRUNK_ID]: denied('ec2:DescribeNetworkInterfaces') } }, /AccessDenied/],
    ['the trunk was not asked for', { trunks: {} }, /was not asked for/],
    ['the instance is terminated', { instances: { [INSTANCE_ID]: instance('terminated') } }, 'allows'],
    ['the instance is shutting down', { instances: { [INSTANCE_ID]: instance('shutting-down') } }, /waiting for instance/],
    ['the instance is stopped', { instances: { [INSTANCE_ID]: instance('stopped') } }, /waiting for instance/],
    ['the instance is running', { instances: { [INSTANCE_ID]: instance('running') } }, /waiting for instance/],
    ['the instance could not be read', { instances: { [INSTANCE_ID]: denied('ec2:DescribeInstances') } }, /AccessDenied/],
  ])('%s', (_name, change, says) => {
    expect(said(guard, orphan(change))).toMatch(says);
  });

  it.each([
    ['no trunk', { 'vpcresources.k8s.aws/trunk-eni-id': undefined }, /nothing tells which trunk/],
    ['what is no trunk', { 'vpcresources.k8s.aws/trunk-eni-id': 'eni-*' }, /which no interface can be/],
    ['what is no instance', { 'node.k8s.amazonaws.com/instance_id': 'node-1' }, /which no instance can be/],
    ['no instance: an older controller', { 'node.k8s.amazonaws.com/instance_id': undefined }, 'allows'],
  ])('its tags name %s', (_name, change, says) => {
    const tags = Object.fromEntries(
      Object.entries({ ...branchTags(), ...change }).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
    );
    expect(said(guard, orphan({ eni: branchEni({ tags }) }))).toMatch(says);
  });
});
