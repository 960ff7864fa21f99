import type { XmlValue } from '../../query/xml.ts';
import type { NetworkInterface, RegionState } from '../../world/state.ts';
import { describe } from '../describe.ts';
import type { FilterValues } from '../filters.ts';
import { NETWORK_INTERFACE } from '../kinds.ts';
import { privateDnsName, renderGroups, renderOperator, renderTags, zoneId } from '../render.ts';

const FILTERS: FilterValues<NetworkInterface> = {
  'addresses.primary': (eni) => eni.privateIpAddresses.map((_, index) => String(index === 0)),
  'addresses.private-ip-address': (eni) => eni.privateIpAddresses,
  'attachment.attach-time': (eni) => [eni.attachment?.attachTime],
  'attachment.attachment-id': (eni) => [eni.attachment?.id],
  'attachment.delete-on-termination': (eni) => [eni.attachment && String(eni.attachment.deleteOnTermination)],
  'attachment.device-index': (eni) => [eni.attachment && String(eni.attachment.deviceIndex)],
  'attachment.instance-id': (eni) => [eni.attachment?.instanceId],
  'attachment.instance-owner-id': (eni) => [eni.attachment?.instanceOwnerId],
  'attachment.status': (eni) => [eni.attachment?.status],
  'availability-zone': (eni) => [eni.availabilityZone],
  'availability-zone-id': (eni) => [zoneId(eni.availabilityZone)],
  description: (eni) => [eni.description],
  'group-id': (eni) => eni.groups,
  'group-name': (eni, { securityGroups }) => eni.groups.map((id) => securityGroups.get(id)?.name),
  'interface-type': (eni) => [eni.interfaceType],
  'ipv6-addresses.ipv6-address': (eni) => eni.ipv6Addresses,
  'mac-address': (eni) => [eni.macAddress],
  'network-interface-id': (eni) => [eni.id],
  'operator.managed': (eni) => [String(eni.operator?.managed ?? false)],
  'operator.principal': (eni) => [eni.operator?.principal],
  'owner-id': (eni) => [eni.ownerId],
  'private-ip-address': (eni) => eni.privateIpAddresses,
  'requester-id': (eni) => [eni.requesterId],
  'requester-managed': (eni) => [String(eni.requesterManaged)],
  'source-dest-check': (eni) => [String(eni.sourceDestCheck)],
  status: (eni) => [eni.status],
  'subnet-id': (eni) => [eni.subnetId],
  'vpc-id': (eni) => [eni.vpcId],
};

/** An interface as EC2 words it. Live branches have no attachment at all. */
export function renderNetworkInterface(eni: NetworkInterface, state: RegionState): Record<string, XmlValue> {
  const [primary] = eni.privateIpAddresses;
  return {
    networkInterfaceId: eni.id,
    subnetId: eni.subnetId,
    vpcId: eni.vpcId,
    availabilityZone: eni.availabilityZone,
    availabilityZoneId: zoneId(eni.availabilityZone),
    description: eni.description,
    ownerId: eni.ownerId,
    requesterId: eni.requesterId,
    requesterManaged: eni.requesterManaged,
    status: eni.status,
    macAddress: eni.macAddress,
    privateIpAddress: primary,
    privateDnsName: privateDnsName(primary, state),
    sourceDestCheck: eni.sourceDestCheck,
    groupSet: renderGroups(eni.groups, state),
    attachment: eni.attachment && {
      attachmentId: eni.attachment.id,
      instanceId: eni.attachment.instanceId,
      instanceOwnerId: eni.attachment.instanceOwnerId,
      deviceIndex: eni.attachment.deviceIndex,
      networkCardIndex: eni.attachment.networkCardIndex,
      status: eni.attachment.status,
      attachTime: eni.attachment.attachTime,
      deleteOnTermination: eni.attachment.deleteOnTermination,
    },
    tagSet: renderTags(eni.tags),
    privateIpAddressesSet: eni.privateIpAddresses.map((privateIpAddress, index) => ({
      privateIpAddress,
      privateDnsName: privateDnsName(privateIpAddress, state),
      primary: index === 0,
    })),
    ipv6AddressesSet: eni.ipv6Addresses.map((ipv6Address) => ({ ipv6Address, isPrimaryIpv6: false })),
    ipv6Address: eni.ipv6Addresses[0],
    ipv4PrefixSet: eni.ipv4Prefixes.map((ipv4Prefix) => ({ ipv4Prefix })),
    ipv6PrefixSet: eni.ipv6Prefixes.map((ipv6Prefix) => ({ ipv6Prefix })),
    interfaceType: eni.interfaceType,
    denyAllIgwTraffic: false,
    operator: renderOperator(eni.operator),
  };
}

export const describeNetworkInterfaces = describe<NetworkInterface>({
  kind: NETWORK_INTERFACE,
  idParameter: 'NetworkInterfaceId',
  otherParameters: ['IncludeManagedResources'],
  all: ({ interfaces }) => interfaces,
  isHidden: (eni) => eni.operator?.managed ?? false,
  filters: FILTERS,
  tagsOf: ({ tags }) => tags,
  refusesAllAbove: 1000,
  resultSet: 'networkInterfaceSet',
  render: renderNetworkInterface,
});
