import { DescribeInstancesCommand, type EC2Client, type Filter, type Instance, type InstanceNetworkInterface } from '@aws-sdk/client-ec2';
import { inBatches } from '../../aws/batches.ts';
import { eachPage, filterBatches, PAGE_SIZE } from '../../aws/pages.ts';
import type { ClusterNode, NodeInterface } from '../../domain/cluster.ts';
import { MalformedAnswer } from '../../domain/errors.ts';
import type { ItemReads } from '../../domain/read.ts';
import { CLUSTER_TAG_PREFIX, INSTANCE_TAG, TRUNK_DESCRIPTION } from '../../domain/tags.ts';
import { defineItemSlice, valueOr } from '../define.ts';
import { liveClusters } from '../holders.ts';
import { DESCRIBE_INTERFACES, readInterfaces } from './network-interface.ts';
import { instancesOf } from './reservations.ts';

const DESCRIBE_INSTANCES = 'ec2:DescribeInstances';

// Managed node groups and Karpenter write the first, Auto Mode and newer Karpenters the second.
const NAMING_TAGS = ['eks:cluster-name', 'eks:eks-cluster-name'];
const RUNNING = { Name: 'instance-state-name', Values: ['pending', 'running'] };
// The state or the description goes along as a second filter.
const BATCH = 150;
const CNI_DESCRIPTION = /^aws-K8S-/;

type KnownInstance = Instance & { InstanceId: string };

const present = (values: readonly (string | undefined)[]): string[] => values.filter((value) => value !== undefined);

function projectInterface(eni: InstanceNetworkInterface, instanceId: string): NodeInterface[] {
  const isPrimary = eni.Attachment?.DeviceIndex === 0 && (eni.Attachment.NetworkCardIndex ?? 0) === 0;
  if (!isPrimary && !CNI_DESCRIPTION.test(eni.Description ?? '')) return [];
  if (!eni.NetworkInterfaceId) throw new MalformedAnswer(`${instanceId} has an interface without its id`);
  const addresses = present([eni.PrivateIpAddress, ...(eni.PrivateIpAddresses ?? []).map((each) => each.PrivateIpAddress)]);
  return [
    {
      id: eni.NetworkInterfaceId,
      role: isPrimary ? 'primary' : 'cni',
      vpcId: eni.VpcId ?? '',
      subnetId: eni.SubnetId ?? '',
      groups: present((eni.Groups ?? []).map(({ GroupId }) => GroupId)),
      privateIpAddresses: [...new Set(addresses)],
      ipv6Addresses: present((eni.Ipv6Addresses ?? []).map(({ Ipv6Address }) => Ipv6Address)),
      prefixes: present([...(eni.Ipv4Prefixes ?? []).map((p) => p.Ipv4Prefix), ...(eni.Ipv6Prefixes ?? []).map((p) => p.Ipv6Prefix)]),
    },
  ];
}

/** What an instance's own answer says of its interfaces: one moment, so that none of them can be missed in between. */
function project(instance: KnownInstance, hosting: ReadonlySet<string>): ClusterNode | undefined {
  const { InstanceId: instanceId, State, NetworkInterfaces = [] } = instance;
  const interfaces = NetworkInterfaces.flatMap((eni) => projectInterface(eni, instanceId));
  if (!interfaces.some(({ role }) => role === 'primary')) {
    // A node that is only starting runs nothing yet.
    if (State?.Name === 'pending') return undefined;
    throw new MalformedAnswer(
      `${instanceId} is ${State?.Name ?? 'of unknown state'}, but the answer does not describe its primary interface`,
    );
  }
  const hasTrunk = NetworkInterfaces.some((eni) => eni.InterfaceType === 'trunk' || eni.Description === TRUNK_DESCRIPTION);
  return {
    instanceId,
    instanceType: instance.InstanceType ?? '',
    // Whatever the image says: pods with security groups of their own run on Linux only.
    isLinux: hasTrunk || hosting.has(instanceId) || instance.Platform?.toLowerCase() !== 'windows',
    hasTrunk,
    interfaces,
  };
}

/** Pending and running instances by filter, page by page. */
export async function readInstances(ec2: EC2Client, filter: Filter, visit: (instance: KnownInstance) => void): Promise<void> {
  await eachPage(
    [
      ec2,
      DescribeInstancesCommand,
      {
        Filters: [filter, RUNNING],
        MaxResults: PAGE_SIZE,
        // Without it the nodes of Auto Mode look gone.
        IncludeManagedResources: true,
      },
      'Reservations',
    ],
    (reservations) => {
      for (const instance of instancesOf(reservations)) visit(instance);
    },
  );
}

/** The clusters that an instance's tags name. `shared` instances are not the cluster's own. */
export function clustersOf({ Tags = [] }: Instance): string[] {
  return Tags.flatMap(({ Key = '', Value = '' }) => {
    if (NAMING_TAGS.includes(Key)) return [Value];
    return Key.startsWith(CLUSTER_TAG_PREFIX) && Value === 'owned' ? [Key.slice(CLUSTER_TAG_PREFIX.length)] : [];
  });
}

/** By instance id, the cluster whose tag the trunk carries: a node that nobody tagged is found by what the controller hung on it. */
async function trunkHolders(ec2: EC2Client, clusters: readonly string[]): Promise<Map<string, string>> {
  const holders = new Map<string, string>();
  const filters = [
    { Name: 'description', Values: [TRUNK_DESCRIPTION] },
    { Name: 'tag-key', Values: clusters.map((name) => `${CLUSTER_TAG_PREFIX}${name}`) },
  ];
  await readInterfaces(ec2, filters, (trunks) => {
    for (const { attachment, tags } of trunks) {
      const name = clusters.find((each) => tags[`${CLUSTER_TAG_PREFIX}${each}`] !== undefined);
      if (attachment?.instanceId && name !== undefined) holders.set(attachment.instanceId, name);
    }
  });
  return holders;
}

/** Per cluster, its pending and running nodes with their primary and CNI interfaces: found by their tags, and by their trunks' tags. `hosting` are instances that branches name. */
export async function collectClusterNodes(
  ec2: EC2Client,
  { clusters, hosting }: { clusters: readonly string[]; hosting: ReadonlySet<string> },
  clock: () => Date,
): Promise<ItemReads<readonly ClusterNode[]>> {
  return inBatches<readonly ClusterNode[]>({ action: DESCRIBE_INSTANCES, ids: clusters, clock, size: BATCH, absent: [] }, async (batch) => {
    const nodes = new Map(batch.map((name) => [name, new Map<string, ClusterNode>()]));
    const add = (instance: KnownInstance, names: readonly string[]) => {
      const asked = names.filter((name) => nodes.has(name));
      const node = asked.length > 0 ? project(instance, hosting) : undefined;
      if (node) for (const name of asked) nodes.get(name)?.set(node.instanceId, node);
    };
    const tagged = [
      { Name: 'tag-key', Values: batch.map((name) => `${CLUSTER_TAG_PREFIX}${name}`) },
      ...NAMING_TAGS.map((tag) => ({ Name: `tag:${tag}`, Values: batch })),
    ];
    for (const filter of tagged) await readInstances(ec2, filter, (instance) => add(instance, clustersOf(instance)));
    const holders = await trunkHolders(ec2, batch);
    const untagged = [...holders].filter(([id, name]) => !nodes.get(name)?.has(id)).map(([id]) => id);
    for (const ids of filterBatches(untagged, BATCH)) {
      const filter = { Name: 'instance-id', Values: ids };
      await readInstances(ec2, filter, (instance) => add(instance, [holders.get(instance.InstanceId) ?? '']));
    }
    return new Map([...nodes].map(([name, found]) => [name, [...found.values()].sort((a, b) => (a.instanceId < b.instanceId ? -1 : 1))]));
  });
}

export const nodes = defineItemSlice({
  name: 'nodes',
  reads: 'nodes',
  service: 'ec2',
  actions: [DESCRIBE_INSTANCES, DESCRIBE_INTERFACES],
  after: ['podEnis', 'podClusters'],
  read: ({ clients, clock }, read) => {
    const hosting = new Set(valueOr(read.podEnis, []).flatMap(({ tags }) => tags[INSTANCE_TAG] ?? []));
    return collectClusterNodes(clients.ec2, { clusters: liveClusters(read).map(({ name }) => name), hosting }, clock);
  },
});
