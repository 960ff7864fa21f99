import stale from '../../../shared/rules/paths/stale-group-reference.ts';
import { ACCOUNT_ID, denied, VPC_ID } from '../../support/interfaces.ts';
import { ok, POD_GROUP, pathSlices, refersTo, rule, rulesOf } from '../../support/path-slices.ts';
import { type RuleCase, testRule } from '../../support/rule-tester.ts';

const PEER_GROUP = 'sg-000000000000000ee';
const peered = (peeringStatus: string, changes: object = {}) =>
  refersTo(PEER_GROUP, {
    userId: '999999999999',
    vpcId: 'vpc-00000000000000002',
    vpcPeeringConnectionId: 'pcx-00000000000000001',
    peeringStatus,
    ...changes,
  });
const slices = (...changes: Parameters<typeof pathSlices>[1][]) => pathSlices(stale, Object.assign({}, ...changes));
const referring = (peer: ReturnType<typeof refersTo>) => rulesOf({ [POD_GROUP]: ok([rule(POD_GROUP, { isEgress: false, peer })]) });
const listed = (change: object = {}) => ({
  staleReferences: { [VPC_ID]: ok([{ groupId: POD_GROUP, isEgress: false, protocol: '-1', referencedGroupId: PEER_GROUP, ...change }]) },
});
const expecting = (verdict: RuleCase['expect'][string]) => ({ expect: { [POD_GROUP]: verdict } });

testRule(stale, [
  { name: 'no rule refers to a group', slices: slices(), ...expecting('pass') },
  { name: 'an active peering', slices: slices(referring(peered('active'))), ...expecting('pass') },
  { name: 'a peering that is not accepted yet', slices: slices(referring(peered('pending-acceptance'))), ...expecting('pass') },
  { name: 'a deleted peering', slices: slices(referring(peered('deleted'))), ...expecting('fail') },
  { name: 'EC2 calls it stale', slices: slices(referring(peered('active')), listed()), ...expecting('fail') },
  {
    name: 'EC2 calls a rule of the other direction stale',
    slices: slices(referring(peered('active')), listed({ isEgress: true })),
    ...expecting('pass'),
  },
  {
    name: 'a deleted group is another rule’s finding',
    slices: slices(referring(peered('active', { userId: undefined })), listed()),
    ...expecting('pass'),
  },
  {
    name: 'the stale rules could not be read',
    slices: slices(referring(peered('active')), { staleReferences: { [VPC_ID]: denied('ec2:DescribeStaleSecurityGroups', VPC_ID) } }),
    ...expecting('unknown'),
  },
  {
    name: 'EC2 calls it stale, and whether its group was deleted could not be read',
    slices: slices(referring(peered('active', { userId: ACCOUNT_ID })), listed(), {
      referencedGroups: { [PEER_GROUP]: denied('ec2:DescribeSecurityGroups', PEER_GROUP) },
    }),
    ...expecting('unknown'),
  },
  { name: 'nobody asked for them', slices: slices(referring(peered('active')), { staleReferences: {} }), ...expecting('unknown') },
  {
    name: 'nor is there a need: no rule leads out of the VPC',
    slices: slices(referring(refersTo(POD_GROUP)), { staleReferences: {} }),
    ...expecting('pass'),
  },
  {
    name: 'they could not be read, but the peering is deleted all the same',
    slices: slices(referring(peered('deleted')), { staleReferences: { [VPC_ID]: denied('ec2:DescribeStaleSecurityGroups', VPC_ID) } }),
    ...expecting('fail'),
  },
  {
    name: 'the rules could not be read',
    slices: slices(rulesOf({ [POD_GROUP]: denied('ec2:DescribeSecurityGroupRules', POD_GROUP) })),
    ...expecting('unknown'),
  },
]);
