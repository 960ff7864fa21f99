import { type GivenAddon, installAddon, updateAddon } from './clusters/addons.ts';
import {
  activateCluster,
  addNodegroup,
  beginCluster,
  createCluster,
  deleteCluster,
  deleteNodegroup,
  type GivenCluster,
} from './clusters/clusters.ts';
import { addNode, type GivenNode, type Node } from './clusters/nodes.ts';
import { addFargatePod, addPod, deletePod, type GivenPod } from './clusters/pods.ts';
import { terminateNode } from './clusters/terminate-node.ts';
import type { Queue, Subscription, Table, Topic } from './messaging.ts';
import { addLambdaInterface, podOf, putInterface, removeInterface } from './network/interfaces.ts';
import { addRules, createSecurityGroup, createSubnet, createVpc, type GivenGroup, removeRules } from './network/network.ts';
import { deletePeerGroup, type GivenPeering, peerReference, peerVpc } from './network/peerings.ts';
import { createPrefixList, type GivenPrefixList, modifyPrefixList } from './network/prefix-lists.ts';
import type { GivenRule } from './network/rules.ts';
import { associateGroup, disassociateGroup } from './network/vpc-associations.ts';
import { existing, type Place } from './place.ts';
import { createQueue, type GivenQueue } from './queues.ts';
import type { Secret } from './secret.ts';
import { createSecret, putSecret } from './secrets.ts';
import type {
  Addon,
  Cluster,
  GroupReference,
  NetworkInterface,
  Nodegroup,
  Peering,
  Pod,
  PrefixList,
  RegionState,
  SecurityGroup,
  SecurityGroupRule,
  Subnet,
  Vpc,
  VpcAssociation,
} from './state.ts';
import { createTable } from './tables.ts';
import { createTopic, type GivenSubscription, type GivenTopic, subscribe } from './topics.ts';

/** One region, and what people, Kubernetes and AWS do in it. Whatever is not given gets a sensible value. */
export interface RegionWorld {
  readonly region: string;
  /** What exists. Plain records: a test may change them as it likes. */
  readonly state: RegionState;
  createVpc(given?: Partial<Vpc>): Vpc;
  createSubnet(given?: Partial<Subnet>): Subnet;
  createSecurityGroup(given?: GivenGroup): SecurityGroup;
  /** `ingress` and `egress` of rules.ts say a rule in a few words. */
  addRules(groupId: string, rules: readonly GivenRule[]): SecurityGroupRule[];
  /** Takes away, and answers, the rules that `which` picks; all of them unless said otherwise. */
  removeRules(groupId: string, which?: (rule: SecurityGroupRule) => boolean): SecurityGroupRule[];
  createPrefixList(given?: GivenPrefixList): PrefixList;
  modifyPrefixList(id: string, entries: NonNullable<GivenPrefixList['entries']>): PrefixList;
  peerVpc(vpcId: string, given?: GivenPeering): Peering;
  peerReference(peeringId: string, groupId: string): GroupReference;
  deletePeerGroup(peeringId: string, groupId: string): void;
  associateGroup(groupId: string, vpcId: string, given?: Partial<VpcAssociation>): VpcAssociation;
  disassociateGroup(groupId: string, vpcId: string): VpcAssociation;
  /** An ACTIVE cluster at once, with control plane interfaces, cluster security group and a running controller. */
  createCluster(name: string, given?: GivenCluster): Cluster;
  /** A CREATING cluster that becomes ACTIVE after so many minutes. */
  beginCluster(name: string, given?: GivenCluster, minutes?: number): Cluster;
  /** DELETING for a while, then gone. Refuses as EKS does while node groups or Fargate profiles exist. */
  deleteCluster(name: string): Cluster;
  addNodegroup(cluster: string, name: string, nodes?: number): Node[];
  deleteNodegroup(cluster: string, name: string): Nodegroup;
  addFargateProfile(cluster: string, name: string): void;
  /** An EKS add-on, e.g. `vpc-cni`. Clusters have none, so their CNI is self-managed until one is installed. */
  installAddon(cluster: string, name: string, given?: GivenAddon): Addon;
  updateAddon(cluster: string, name: string, given?: GivenAddon): Addon;
  /** A self-managed node, unless a node group is given. It outlives its cluster until it is terminated. */
  addNode(cluster: string, given?: GivenNode): Node;
  terminateNode(instanceId: string): void;
  addPod(instanceId: string, given?: GivenPod): Pod;
  /** A pod on Fargate has an interface of its own, and no node of this account. */
  addFargatePod(cluster: string, given?: Partial<NetworkInterface>): NetworkInterface;
  deletePod(podId: string): void;
  /** The live pod that an interface serves. */
  podOf(interfaceId: string): Pod | undefined;
  addLambdaInterface(functionName: string, given?: Partial<NetworkInterface>): NetworkInterface;
  /** Creates an interface, or changes the one with that id. */
  putInterface(given?: Partial<NetworkInterface>): NetworkInterface;
  removeInterface(id: string): void;
  /** A standard queue; what is in it: `state.queues.get(name)?.messages`. */
  createQueue(name: string, given?: GivenQueue): Queue;
  createTopic(name: string, given?: GivenTopic): Topic;
  /** Subscribes a queue, by its ARN. */
  subscribe(topicArn: string, protocol: 'sqs', queueArn: string, given?: GivenSubscription): Subscription;
  /** An on-demand table with the keys `pk` and `sk`, both texts. */
  createTable(name: string): Table;
  /** A secret in Secrets Manager that holds a text. */
  createSecret(name: string, text: string): Secret;
  /** Another text in it, as a rotation does; who read the old one is not told. */
  putSecret(arn: string, text: string): Secret;
  /** A fresh id, e.g. `newId('eni')`. */
  newId(prefix: string): string;
}

/** The actors of one region. */
export function createRegionWorld(place: Place): RegionWorld {
  return {
    region: place.state.region,
    state: place.state,
    createVpc: (given) => createVpc(place, given),
    createSubnet: (given) => createSubnet(place, given),
    createSecurityGroup: (given) => createSecurityGroup(place, given),
    addRules: (groupId, rules) => addRules(place, groupId, rules),
    removeRules: (groupId, which) => removeRules(place, groupId, which),
    createPrefixList: (given) => createPrefixList(place, given),
    modifyPrefixList: (id, entries) => modifyPrefixList(place, id, entries),
    peerVpc: (vpcId, given) => peerVpc(place, vpcId, given),
    peerReference: (peeringId, groupId) => peerReference(place, peeringId, groupId),
    deletePeerGroup: (peeringId, groupId) => deletePeerGroup(place, peeringId, groupId),
    associateGroup: (groupId, vpcId, given) => associateGroup(place, groupId, vpcId, given),
    disassociateGroup: (groupId, vpcId) => disassociateGroup(place, groupId, vpcId),
    createCluster: (name, given) => createCluster(place, name, given),
    beginCluster: (name, given, minutes = 10) => {
      const cluster = beginCluster(place, name, given);
      place.timeline.after(minutes, () => activateCluster(place, cluster));
      return cluster;
    },
    deleteCluster: (name) => deleteCluster(place, name),
    addNodegroup: (cluster, name, nodes) => addNodegroup(place, cluster, name, nodes),
    deleteNodegroup: (cluster, name) => deleteNodegroup(place, cluster, name),
    addFargateProfile: (cluster, name) => {
      existing(place.state.clusters, cluster, 'cluster').fargateProfiles.push(name);
    },
    installAddon: (cluster, name, given) => installAddon(place, cluster, name, given),
    updateAddon: (cluster, name, given) => updateAddon(place, cluster, name, given),
    addNode: (cluster, given) => addNode(place, cluster, given),
    terminateNode: (instanceId) => terminateNode(place, instanceId),
    addPod: (instanceId, given) => addPod(place, instanceId, given),
    addFargatePod: (cluster, given) => addFargatePod(place, cluster, given),
    deletePod: (podId) => deletePod(place, podId),
    podOf: (interfaceId) => podOf(place, interfaceId),
    addLambdaInterface: (functionName, given) => addLambdaInterface(place, functionName, given),
    putInterface: (given) => putInterface(place, given),
    removeInterface: (id) => removeInterface(place, id),
    createQueue: (name, given) => createQueue(place, name, given),
    createTopic: (name, given) => createTopic(place, name, given),
    subscribe: (topicArn, protocol, queueArn, given) => subscribe(place, topicArn, protocol, queueArn, given),
    createTable: (name) => createTable(place, name),
    createSecret: (name, text) => createSecret(place, name, text),
    putSecret: (arn, text) => putSecret(place, arn, text),
    newId: place.newId,
  };
}
