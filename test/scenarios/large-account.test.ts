// 2,500 interfaces over three pages, on a page boundary and with sparse pages; and what the reads cost.
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/index.ts';
import { auditOf, foundBy } from '../support/sandbox.ts';

let sandbox: Sandbox;
afterEach(() => sandbox.stop());

async function withOrphans(count: number, options: SandboxOptions = {}): Promise<string[]> {
  sandbox = await startSandbox(options);
  const world = sandbox.world();
  const vpc = world.createVpc({ cidr: '10.0.0.0/8' });
  const subnet = world.createSubnet({ vpcId: vpc.id, cidr: '10.0.0.0/12' });
  const group = world.createSecurityGroup({ vpcId: vpc.id });
  const put = () =>
    world.putInterface({
      description: 'aws-k8s-branch-eni',
      interfaceType: 'branch',
      status: 'available',
      subnetId: subnet.id,
      groups: [group.id],
      tags: {
        'eks:eni:owner': 'eks-vpc-resource-controller',
        'kubernetes.io/cluster/shop': 'owned',
        'vpcresources.k8s.aws/trunk-eni-id': 'eni-0000000000000dead',
      },
    }).id;
  return Array.from({ length: count }, put).sort();
}

describe('2,500 orphans', () => {
  it('are all found, over three pages', async () => {
    const orphans = await withOrphans(2500);
    const report = await auditOf(sandbox);
    expect(foundBy(report, 'orphaned-branch-eni')).toEqual(orphans);
    const listing = sandbox.calls.map((call) => JSON.stringify(call.params)).filter((params) => params.includes('aws-k8s-branch-eni'));
    const lists = listing.filter((params) => params.includes('available'));
    expect(lists).toHaveLength(3);
    // The path proofs list them again, with the pods.
    expect(listing).toHaveLength(6);
    // One cluster, one trunk, one group, one subnet, one VPC: the number of calls follows those, not the interfaces.
    expect(sandbox.calls.length).toBeLessThan(30);
  });

  it('are all found when pages are short and some are empty', async () => {
    const orphans = await withOrphans(2500, { sparsePages: true });
    expect(foundBy(await auditOf(sandbox), 'orphaned-branch-eni')).toEqual(orphans);
  });
});

it('an account full of other interfaces costs no more calls', async () => {
  await withOrphans(5);
  await auditOf(sandbox);
  const few = sandbox.calls.length;
  const world = sandbox.world();
  for (let index = 0; index < 3000; index += 1) world.addLambdaInterface(`function-${index}`);
  sandbox.calls.length = 0;
  await auditOf(sandbox);
  expect(sandbox.calls.length).toBeLessThanOrEqual(few);
});
