import { POD_GROUP_TAG } from '../../../shared/domain/tags.ts';
import controlPlane from '../../../shared/rules/paths/control-plane-path-blocked.ts';
import { CLUSTER, denied, eniId } from '../../support/interfaces.ts';
import { clusterIs, group, NODE_GROUP, ok, POD_GROUP, pathSlices, pod, refersTo, rule, rulesOf } from '../../support/path-slices.ts';
import { type RuleCase, testRule } from '../../support/rule-tester.ts';

const fargatePod = pod({ id: eniId(7), description: '', interfaceType: 'interface', tags: {} });
const kubeApi = pod({
  id: eniId(8),
  description: `Amazon EKS ${CLUSTER}`,
  groups: [{ id: NODE_GROUP, name: '' }],
  privateIpAddresses: ['10.0.1.9'],
});
const slices = (...changes: Parameters<typeof pathSlices>[1][]) =>
  pathSlices(
    controlPlane,
    Object.assign(
      {},
      {
        podEnis: [],
        taggedGroups: [group(POD_GROUP, { tags: { [POD_GROUP_TAG]: CLUSTER } })],
        fargateProfiles: { [CLUSTER]: ok(['default']) },
        fargateEnis: { [CLUSTER]: ok([fargatePod]) },
        controlPlaneEnis: { [CLUSTER]: ok([kubeApi]) },
      },
      ...changes,
    ),
  );
const expecting = (verdict: RuleCase['expect'][string]) => ({ expect: { [POD_GROUP]: verdict } });
const tcp = (port: number) => ({ ipProtocol: 'tcp', fromPort: port, toPort: port });
const ONLY = {
  out: rule(POD_GROUP, { ...tcp(443), peer: refersTo(NODE_GROUP) }),
  back: rule(POD_GROUP, { ...tcp(10_250), isEgress: false, peer: refersTo(NODE_GROUP) }),
};

testRule(controlPlane, [
  { name: 'all is open', slices: slices(), ...expecting('pass') },
  { name: 'the two rules are enough', slices: slices(rulesOf({ [POD_GROUP]: ok([ONLY.out, ONLY.back]) })), ...expecting('pass') },
  { name: 'no way to the API server', slices: slices(rulesOf({ [POD_GROUP]: ok([ONLY.back]) })), ...expecting('fail:blocked') },
  { name: 'no way back to the kubelet', slices: slices(rulesOf({ [POD_GROUP]: ok([ONLY.out]) })), ...expecting('fail:blocked') },
  { name: 'nothing at all', slices: slices(rulesOf({ [POD_GROUP]: ok([]) })), ...expecting('fail:blocked') },
  {
    name: 'no pod on Fargate has the tagged group',
    slices: slices({ fargateEnis: { [CLUSTER]: ok([]) } }),
    ...expecting('not-applicable'),
  },
  {
    name: 'the cluster has no Fargate profile',
    slices: slices({ fargateProfiles: { [CLUSTER]: ok([]) }, fargateEnis: {} }),
    ...expecting('not-applicable'),
  },
  {
    name: 'the profiles could not be read',
    slices: slices({ fargateProfiles: { [CLUSTER]: denied('eks:ListFargateProfiles', CLUSTER) }, fargateEnis: {} }),
    ...expecting('unknown'),
  },
  {
    name: 'the pods could not be read',
    slices: slices({ fargateEnis: { [CLUSTER]: denied('ec2:DescribeNetworkInterfaces', CLUSTER) } }),
    ...expecting('unknown'),
  },
  {
    name: 'the control plane could not be read',
    slices: slices({ controlPlaneEnis: { [CLUSTER]: denied('ec2:DescribeNetworkInterfaces', CLUSTER) } }),
    ...expecting('unknown'),
  },
  { name: 'the control plane is not there', slices: slices({ controlPlaneEnis: { [CLUSTER]: ok([]) } }), ...expecting('unknown') },
  { name: 'the cluster is going', slices: slices(clusterIs({ status: 'DELETING' }), { fargateEnis: {} }), ...expecting('not-applicable') },
]);
