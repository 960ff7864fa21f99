// Many clusters: filters hold 200 values in a call, and EC2 counts those of all filters together.
import { expect, it } from '@jest/globals';
import { startSandbox } from '../../sandbox/index.ts';
import { egress, ingress } from '../support/path-world.ts';
import { auditOf } from '../support/sandbox.ts';

const CLUSTERS = 210;
const ANYWHERE = '0.0.0.0/0';
const PER_CLUSTER = ['DescribeCluster', 'ListFargateProfiles'];

it(`${CLUSTERS} clusters are read in full, over short and empty pages, and every set of theirs is judged`, async () => {
  const sandbox = await startSandbox({ sparsePages: true });
  const world = sandbox.world();
  const vpc = world.createVpc();
  const subnet = world.createSubnet({ vpcId: vpc.id });
  for (let index = 0; index < CLUSTERS; index += 1) {
    const name = `cluster-${index}`;
    const { clusterSecurityGroupId } = world.createCluster(name, { subnetIds: [subnet.id] });
    world.addRules(clusterSecurityGroupId, [ingress('-1', undefined, vpc.cidr)]);
    const { instanceId } = world.addNode(name);
    // Every third one forgets UDP.
    const rules = [egress('tcp', 53, ANYWHERE), ...(index % 3 === 0 ? [] : [egress('udp', 53, ANYWHERE)])];
    world.addPod(instanceId, { securityGroups: [world.createSecurityGroup({ vpcId: vpc.id, rules }).id] });
  }
  sandbox.calls.length = 0;
  const report = await auditOf(sandbox, undefined, { rules: ['dns-path-blocked'] });
  // Before anything is expected: a server that is left running keeps the tests from ending.
  await sandbox.stop();
  expect(report.coverage.filter(({ ok }) => !ok)).toEqual([]);
  const verdicts = report.verdicts.filter(({ ruleId }) => ruleId === 'dns-path-blocked').map(({ verdict }) => verdict);
  expect([verdicts.filter((each) => each === 'fail').length, verdicts.filter((each) => each === 'pass').length]).toEqual([70, 140]);
  // These two for each, because EKS takes one name at a time; everything else is read by the hundred.
  const others = sandbox.calls.filter(({ action, params }) => !PER_CLUSTER.includes(action) && params.NextToken === undefined);
  expect(others.length).toBeLessThan(25);
});
