import {
  DeleteNetworkInterfaceCommand,
  DeleteSecurityGroupCommand,
  DeleteSubnetCommand,
  DeleteVpcCommand,
  DescribeNetworkInterfacesCommand,
} from '@aws-sdk/client-ec2';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Node } from '../../../sandbox/index.ts';
import { type Account, account, failure } from '../account.ts';

let aws: Account;
let node: Node;

beforeEach(async () => {
  aws = await account();
  aws.world().createCluster('blue');
  node = aws.world().addNode('blue');
});

const deleteInterface = (NetworkInterfaceId: string | undefined, DryRun?: boolean) =>
  aws.ec2.send(new DeleteNetworkInterfaceCommand({ NetworkInterfaceId, DryRun }));
const exists = (id: string | undefined) => aws.world().state.interfaces.has(id ?? '');

describe('DeleteNetworkInterface', () => {
  it('refuses attached interfaces: primary, CNI and trunk', async () => {
    for (const id of [node.primaryId, node.cniId, node.trunkId]) {
      expect(await failure(deleteInterface(id))).toEqual({
        name: 'InvalidParameterValue',
        message: `Network interface '${id}' is currently in use.`,
        status: 400,
      });
      expect(exists(id)).toBe(true);
    }
  });

  it('deletes a branch that serves a pod without complaint, and the sandbox records the harm', async () => {
    const pod = aws.world().addPod(node.instanceId, { name: 'web' });
    const { NetworkInterfaces } = await aws.ec2.send(new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: [pod.interfaceId] }));
    expect(NetworkInterfaces?.[0]).toMatchObject({ Status: 'in-use', InterfaceType: 'branch' });
    expect(NetworkInterfaces?.[0]).not.toHaveProperty('Attachment');
    await deleteInterface(pod.interfaceId);
    expect(exists(pod.interfaceId)).toBe(false);
    expect(aws.harm).toMatchObject([
      { interfaceId: pod.interfaceId, pod: { name: 'web' }, call: { action: 'DeleteNetworkInterface', outcome: 'OK' } },
    ]);
  });

  it('records harm to a pod whose branch is still being associated', async () => {
    const pod = aws.world().addPod(node.instanceId, { startsInSeconds: 5 });
    await deleteInterface(pod.interfaceId);
    expect(aws.harm).toHaveLength(1);
  });

  it('records no harm for what serves nobody', async () => {
    await deleteInterface(aws.world().putInterface().id);
    expect(aws.harm).toEqual([]);
  });

  it('refuses what EKS operates, and what a service uses', async () => {
    const operated = aws.world().putInterface({ operator: { managed: true, principal: 'eks.amazonaws.com' } });
    const [controlPlane] = [...aws.world().state.interfaces.values()].filter(({ description }) => description === 'Amazon EKS blue');
    const lambda = aws.world().addLambdaInterface('report');
    for (const id of [operated.id, controlPlane?.id, lambda.id]) {
      expect(await failure(deleteInterface(id))).toMatchObject({ name: 'OperationNotPermitted' });
      expect(exists(id)).toBe(true);
    }
  });

  it('deletes what a service detached and left behind', async () => {
    const left = aws.world().putInterface({ requesterManaged: true });
    await deleteInterface(left.id);
    expect(exists(left.id)).toBe(false);
  });

  it('refuses what another account owns', async () => {
    const foreign = aws.world().putInterface({ ownerId: '999988887777' });
    expect(await failure(deleteInterface(foreign.id))).toMatchObject({ name: 'AuthFailure', status: 403 });
  });

  it('knows what never was, what is gone, and what is no id', async () => {
    const { id } = aws.world().putInterface();
    await deleteInterface(id);
    expect(await failure(deleteInterface(id))).toMatchObject({ name: 'InvalidNetworkInterfaceID.NotFound' });
    expect(await failure(deleteInterface('eni-nonsense'))).toMatchObject({ name: 'InvalidNetworkInterfaceId.Malformed' });
    expect(await failure(deleteInterface(undefined))).toMatchObject({ name: 'MissingParameter' });
  });

  it('with DryRun says that it would be allowed, deletes nothing and counts as no mutation', async () => {
    const { id } = aws.world().putInterface();
    expect(await failure(deleteInterface(id, true))).toMatchObject({ name: 'DryRunOperation', status: 412 });
    expect(exists(id)).toBe(true);
    expect(aws.calls.map(({ mutating, outcome }) => [mutating, outcome])).toEqual([[false, 'DryRunOperation']]);
  });
});

describe('DependencyViolation', () => {
  const deleteGroup = (GroupId: string) => aws.ec2.send(new DeleteSecurityGroupCommand({ GroupId }));

  it('keeps a security group that an interface holds', async () => {
    const { id } = aws.world().createSecurityGroup();
    const eni = aws.world().putInterface({ groups: [id] });
    expect(await failure(deleteGroup(id))).toEqual({
      name: 'DependencyViolation',
      message: `resource ${id} has a dependent object`,
      status: 400,
    });
    await deleteInterface(eni.id);
    await deleteGroup(id);
    expect(aws.world().state.securityGroups.has(id)).toBe(false);
  });

  it("keeps a security group that another group's rule refers to, though not one that refers to itself", async () => {
    const { id } = aws.world().createSecurityGroup();
    aws.world().addRules(id, [{ isEgress: false, protocol: '-1', referencedGroup: { groupId: id } }]);
    const other = aws.world().createSecurityGroup({ rules: [{ isEgress: false, protocol: '-1', referencedGroup: { groupId: id } }] });
    expect(await failure(deleteGroup(id))).toMatchObject({ name: 'DependencyViolation' });
    await deleteGroup(other.id);
    await deleteGroup(id);
    expect(aws.world().state.securityGroups.has(id)).toBe(false);
  });

  it('is not what the default security group is refused with', async () => {
    const [group] = [...aws.world().state.securityGroups.values()].filter(({ name }) => name === 'default');
    expect(await failure(deleteGroup(group?.id ?? ''))).toMatchObject({ name: 'CannotDelete' });
  });

  it('keeps a subnet with interfaces and a VPC with subnets or groups of its own', async () => {
    const vpc = aws.world().createVpc();
    const subnet = aws.world().createSubnet({ vpcId: vpc.id });
    const group = aws.world().createSecurityGroup({ vpcId: vpc.id });
    const eni = aws.world().putInterface({ subnetId: subnet.id });
    const deleteSubnet = () => aws.ec2.send(new DeleteSubnetCommand({ SubnetId: subnet.id }));
    const deleteVpc = () => aws.ec2.send(new DeleteVpcCommand({ VpcId: vpc.id }));
    expect(await failure(deleteSubnet())).toMatchObject({
      name: 'DependencyViolation',
      message: `The subnet '${subnet.id}' has dependencies and cannot be deleted.`,
    });
    await deleteInterface(eni.id);
    expect(await failure(deleteVpc())).toMatchObject({
      name: 'DependencyViolation',
      message: `The vpc '${vpc.id}' has dependencies and cannot be deleted.`,
    });
    await deleteSubnet();
    expect(await failure(deleteVpc())).toMatchObject({ name: 'DependencyViolation' });
    await deleteGroup(group.id);
    await deleteVpc();
    expect([...aws.world().state.securityGroups.values()].some(({ vpcId }) => vpcId === vpc.id)).toBe(false);
  });
});
