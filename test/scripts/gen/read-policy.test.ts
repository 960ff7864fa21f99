import { expect, it } from '@jest/globals';
import { readStatements } from '../../../scripts/gen/read-policy.ts';

it('narrows each call to what it can be narrowed to, and those alike are one statement', () => {
  const inRegions = { StringEquals: { 'aws:RequestedRegion': { Ref: 'AuditRegions' } } };
  expect(readStatements(['ec2:DescribeInstances', 'ec2:DescribeSubnets', 'eks:DescribeAddon', 'sts:GetCallerIdentity'])).toEqual([
    { Effect: 'Allow', Action: ['ec2:DescribeInstances', 'ec2:DescribeSubnets'], Resource: '*', Condition: inRegions },
    {
      Effect: 'Allow',
      Action: ['eks:DescribeAddon'],
      Resource: { 'Fn::Sub': 'arn:$' + '{AWS::Partition}:eks:*:$' + '{AWS::AccountId}:addon/*/vpc-cni/*' },
      Condition: inRegions,
    },
    { Effect: 'Allow', Action: ['sts:GetCallerIdentity'], Resource: '*' },
  ]);
});
