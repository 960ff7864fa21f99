import type { Place } from '../place.ts';
import { existing } from '../place.ts';
import type { Attachment, NetworkInterface, Pod } from '../state.ts';
import { nextAddress } from './addresses.ts';
import { anySubnet, defaultGroup } from './network.ts';

/** Creates an interface, or changes the one with that id. Whatever is not said gets a sensible value. */
export function putInterface(place: Place, given: Partial<NetworkInterface> = {}): NetworkInterface {
  const before = given.id === undefined ? undefined : place.state.interfaces.get(given.id);
  const after = before ? Object.assign(before, given) : newInterface(place, given);
  place.state.interfaces.set(after.id, after);
  return after;
}

function newInterface(place: Place, given: Partial<NetworkInterface>): NetworkInterface {
  const subnet = given.subnetId ? existing(place.state.subnets, given.subnetId, 'subnet') : anySubnet(place, given.vpcId);
  const id = given.id ?? place.newId('eni');
  return {
    description: '',
    status: given.attachment ? 'in-use' : 'available',
    interfaceType: 'interface',
    ownerId: place.accountId,
    requesterManaged: false,
    vpcId: subnet.vpcId,
    subnetId: subnet.id,
    availabilityZone: subnet.availabilityZone,
    macAddress: `02:${id.slice(-10).match(/../g)?.join(':')}`,
    groups: given.groups ?? [defaultGroup(place, subnet.vpcId).id],
    privateIpAddresses: given.privateIpAddresses ?? [nextAddress(subnet)],
    ipv6Addresses: [],
    ipv4Prefixes: [],
    ipv6Prefixes: [],
    sourceDestCheck: true,
    tags: {},
    ...given,
    id,
  };
}

/** An attachment to an instance of this account. */
export const attachedTo = (place: Place, instanceId: string, deviceIndex: number): Attachment => ({
  id: place.newId('eni-attach'),
  instanceId,
  instanceOwnerId: place.accountId,
  deviceIndex,
  networkCardIndex: 0,
  status: 'attached',
  deleteOnTermination: true,
  attachTime: place.timeline.now().toISOString(),
});

/** An attachment inside AWS's own account, as managed services have it. */
export const attachedByAws = (place: Place): Attachment => {
  const { instanceId: _, ...attachment } = attachedTo(place, '', 1);
  return { ...attachment, id: place.newId('ela-attach'), instanceOwnerId: 'amazon-aws', deleteOnTermination: false };
};

/** The interface that a Lambda function in a VPC has. */
export function addLambdaInterface(place: Place, functionName: string, given: Partial<NetworkInterface> = {}): NetworkInterface {
  return putInterface(place, {
    description: `AWS Lambda VPC ENI-${functionName}-2f1c7d0e-5a54-4ec0-9c3b-6b0f4a0d9e11`,
    interfaceType: 'lambda',
    requesterManaged: true,
    requesterId: `AROA0000000000EXAMPLE:${functionName}`,
    attachment: attachedByAws(place),
    ...given,
  });
}

/** EC2 forgets which trunk held a branch; nothing serves anyone through it any more. */
export function releaseBranch(place: Place, branch: NetworkInterface): void {
  branch.status = 'available';
  branch.interfaceType = place.releasedBranchType;
  delete branch.associatedTrunk;
}

/** What EC2 does when a trunk goes: its branches become available. */
export function releaseBranchesOf(place: Place, trunkId: string): void {
  for (const branch of place.state.interfaces.values()) {
    if (branch.associatedTrunk === trunkId) releaseBranch(place, branch);
  }
}

/** Removes an interface. */
export function removeInterface(place: Place, id: string): void {
  place.state.interfaces.delete(id);
  releaseBranchesOf(place, id);
}

/** The live pod that an interface serves. */
export function podOf(place: Place, interfaceId: string): Pod | undefined {
  return [...place.state.pods.values()].find((pod) => pod.interfaceId === interfaceId);
}
