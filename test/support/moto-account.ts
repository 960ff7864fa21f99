// Fills a moto account through the real SDK clients, with what EKS, its VPC resource controller and the CNI leave in EC2.
import { randomBytes } from 'node:crypto';
import * as ec2 from '@aws-sdk/client-ec2';
import * as eks from '@aws-sdk/client-eks';
import { BRANCH_DESCRIPTION, TRUNK_DESCRIPTION } from '../../shared/domain/tags.ts';
import { MOTO_ACCOUNT_ID, MOTO_REGION, type Moto } from './moto.ts';

/** A VPC with one subnet and one pod security group, and the clients that work in it. */
export interface MotoAccount {
  ec2: ec2.EC2Client;
  eks: eks.EKSClient;
  vpcId: string;
  subnetId: string;
  groupId: string;
}

export interface InterfaceSpec {
  description?: string;
  tags?: Readonly<Record<string, string>>;
  subnetId?: string;
  groups?: readonly string[];
}

export interface BranchSpec extends InterfaceSpec {
  cluster?: string;
  /** Without one: a trunk that is long gone. `null`: no trunk tag. */
  trunk?: string | null;
  instance?: string;
}

export interface Node {
  instanceId: string;
  trunkId: string;
  /** How an attached branch gets its device, so that moto shows it in use. */
  nextDevice: number;
}

/** An empty account. */
export async function emptyAccount(moto: Moto): Promise<MotoAccount> {
  await moto.reset();
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = moto.env;
  const config = { endpoint: moto.endpoint, region: MOTO_REGION, credentials: { accessKeyId, secretAccessKey } };
  const clients = { ec2: new ec2.EC2Client(config), eks: new eks.EKSClient(config) };
  const { Vpc } = await clients.ec2.send(new ec2.CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const account = { ...clients, vpcId: given(Vpc?.VpcId), subnetId: '', groupId: '' };
  const subnetId = await createSubnet(account, '10.0.0.0/18');
  return { ...account, subnetId, groupId: await createSecurityGroup(account, 'pods') };
}

export async function createSubnet({ ec2: client, vpcId }: MotoAccount, cidr: string): Promise<string> {
  const { Subnet } = await client.send(new ec2.CreateSubnetCommand({ VpcId: vpcId, CidrBlock: cidr }));
  return given(Subnet?.SubnetId);
}

export async function createSecurityGroup({ ec2: client, vpcId }: MotoAccount, name: string): Promise<string> {
  const { GroupId } = await client.send(new ec2.CreateSecurityGroupCommand({ VpcId: vpcId, GroupName: name, Description: name }));
  return given(GroupId);
}

// moto knows no add-ons: what its clusters do not tell by tag, an audit of their pods cannot read.
const STRICT = { 'sgp-warden:enforcing-mode': 'strict' };

export async function createCluster(
  { eks: client, subnetId, groupId }: MotoAccount,
  name: string,
  tags: Readonly<Record<string, string>> = STRICT,
): Promise<void> {
  const resourcesVpcConfig = { subnetIds: [subnetId], securityGroupIds: [groupId] };
  const roleArn = `arn:aws:iam::${MOTO_ACCOUNT_ID}:role/eks`;
  await client.send(new eks.CreateClusterCommand({ name, roleArn, resourcesVpcConfig, tags }));
}

export async function deleteCluster({ eks: client }: MotoAccount, name: string): Promise<void> {
  await client.send(new eks.DeleteClusterCommand({ name }));
}

export async function createInterface(account: MotoAccount, { description, tags = {}, ...place }: InterfaceSpec): Promise<string> {
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  const { NetworkInterface } = await account.ec2.send(
    new ec2.CreateNetworkInterfaceCommand({
      SubnetId: place.subnetId ?? account.subnetId,
      Groups: [...(place.groups ?? [account.groupId])],
      ...(description === undefined ? {} : { Description: description }),
      ...(Tags.length > 0 ? { TagSpecifications: [{ ResourceType: 'network-interface', Tags }] } : {}),
    }),
  );
  return given(NetworkInterface?.NetworkInterfaceId);
}

/** A branch interface as the controller creates it; `available` until it is attached. */
export async function createBranch(
  account: MotoAccount,
  { cluster, trunk = unusedId('eni'), instance, ...rest }: BranchSpec,
): Promise<string> {
  const tags = {
    'eks:eni:owner': 'eks-vpc-resource-controller',
    'vpcresources.k8s.aws/vlan-id': '7',
    ...(cluster === undefined ? {} : { [`kubernetes.io/cluster/${cluster}`]: 'owned' }),
    ...(trunk === null ? {} : { 'vpcresources.k8s.aws/trunk-eni-id': trunk }),
    ...(instance === undefined ? {} : { 'node.k8s.amazonaws.com/instance_id': instance }),
    ...rest.tags,
  };
  return createInterface(account, { description: BRANCH_DESCRIPTION, ...rest, tags });
}

/** A trunk interface as the controller creates it, not attached yet. */
export async function createTrunk(account: MotoAccount, cluster: string, instance: string): Promise<string> {
  const tags = {
    'eks:eni:owner': 'eks-vpc-resource-controller',
    [`kubernetes.io/cluster/${cluster}`]: 'owned',
    'node.k8s.amazonaws.com/instance_id': instance,
  };
  return createInterface(account, { description: TRUNK_DESCRIPTION, tags });
}

/** A node of a cluster: a running instance with its trunk attached. */
export async function startNode(account: MotoAccount, cluster: string): Promise<Node> {
  const { Instances } = await account.ec2.send(
    new ec2.RunInstancesCommand({
      ImageId: 'ami-12c6146b',
      InstanceType: 'm5.large',
      MinCount: 1,
      MaxCount: 1,
      SubnetId: account.subnetId,
      SecurityGroupIds: [await createSecurityGroup(account, `${cluster}-nodes-${unusedId('x')}`)],
      TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: `kubernetes.io/cluster/${cluster}`, Value: 'owned' }] }],
    }),
  );
  const instanceId = given(Instances?.[0]?.InstanceId);
  const node = { instanceId, trunkId: await createTrunk(account, cluster, instanceId), nextDevice: 2 };
  await attach(account, node, node.trunkId);
  return node;
}

/** Attaches an interface to a node's instance, the only way in which moto shows one as `in-use`; gives the attachment. */
export async function attach(account: MotoAccount, node: Node, interfaceId: string): Promise<string> {
  const { AttachmentId } = await account.ec2.send(
    new ec2.AttachNetworkInterfaceCommand({ NetworkInterfaceId: interfaceId, InstanceId: node.instanceId, DeviceIndex: node.nextDevice++ }),
  );
  return given(AttachmentId);
}

/** Detaches what `attach` attached: what EC2 does with a branch interface when its trunk goes. */
export async function detach({ ec2: client }: MotoAccount, attachmentId: string): Promise<void> {
  await client.send(new ec2.DetachNetworkInterfaceCommand({ AttachmentId: attachmentId, Force: true }));
}

/** Terminates a node. Its trunk goes with it, as EC2's DeleteOnTermination has it and moto has not. */
export async function terminateNode(account: MotoAccount, { instanceId, trunkId }: Node): Promise<void> {
  await account.ec2.send(new ec2.TerminateInstancesCommand({ InstanceIds: [instanceId] }));
  await deleteInterface(account, trunkId);
}

export async function deleteInterface({ ec2: client }: MotoAccount, interfaceId: string): Promise<void> {
  await client.send(new ec2.DeleteNetworkInterfaceCommand({ NetworkInterfaceId: interfaceId }));
}

/** An id that EC2 could have given and has not. */
export const unusedId = (prefix: string): string => `${prefix}-${randomBytes(9).toString('hex').slice(1)}`;

function given<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('moto answered without the id of what it created');
  return value;
}
