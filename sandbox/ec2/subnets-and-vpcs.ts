import type { XmlValue } from '../query/xml.ts';
import { freeAddresses } from '../world/network/addresses.ts';
import type { RegionState, Subnet, Vpc } from '../world/state.ts';
import { describe } from './describe.ts';
import { SUBNET, VPC } from './kinds.ts';
import { renderTags, zoneId } from './render.ts';

const usedAddresses = (subnet: Subnet, { interfaces }: RegionState): number =>
  [...interfaces.values()]
    .filter((eni) => eni.subnetId === subnet.id)
    .reduce((sum, eni) => sum + eni.privateIpAddresses.length + 16 * eni.ipv4Prefixes.length, 0);

const renderIpv6 = (ipv6CidrBlock: string | undefined, associationId: string): XmlValue =>
  ipv6CidrBlock === undefined ? [] : [{ ipv6CidrBlock, associationId, ipv6CidrBlockState: { state: 'associated' } }];

export const describeSubnets = describe<Subnet>({
  kind: SUBNET,
  idParameter: 'SubnetId',
  all: ({ subnets }) => subnets,
  filters: {
    'availability-zone': (subnet) => [subnet.availabilityZone],
    'availability-zone-id': (subnet) => [zoneId(subnet.availabilityZone)],
    'cidr-block': (subnet) => [subnet.cidr],
    'ipv6-cidr-block-association.ipv6-cidr-block': (subnet) => [subnet.ipv6Cidr],
    'owner-id': (subnet) => [subnet.ownerId],
    state: () => ['available'],
    'subnet-id': (subnet) => [subnet.id],
    'vpc-id': (subnet) => [subnet.vpcId],
  },
  tagsOf: ({ tags }) => tags,
  resultSet: 'subnetSet',
  render: (subnet, state) => ({
    subnetId: subnet.id,
    subnetArn: `arn:aws:ec2:${state.region}:${subnet.ownerId}:subnet/${subnet.id}`,
    state: 'available',
    ownerId: subnet.ownerId,
    vpcId: subnet.vpcId,
    cidrBlock: subnet.cidr,
    ipv6CidrBlockAssociationSet: renderIpv6(subnet.ipv6Cidr, subnet.id.replace('subnet-', 'subnet-cidr-assoc-')),
    availableIpAddressCount: freeAddresses(subnet, usedAddresses(subnet, state)),
    availabilityZone: subnet.availabilityZone,
    availabilityZoneId: zoneId(subnet.availabilityZone),
    defaultForAz: false,
    mapPublicIpOnLaunch: false,
    assignIpv6AddressOnCreation: subnet.ipv6Cidr !== undefined,
    tagSet: renderTags(subnet.tags),
  }),
});

export const describeVpcs = describe<Vpc>({
  kind: VPC,
  idParameter: 'VpcId',
  all: ({ vpcs }) => vpcs,
  filters: {
    cidr: (vpc) => [vpc.cidr],
    'cidr-block-association.cidr-block': (vpc) => [vpc.cidr],
    'is-default': (vpc) => [String(vpc.isDefault)],
    'owner-id': (vpc) => [vpc.ownerId],
    state: () => ['available'],
    'vpc-id': (vpc) => [vpc.id],
  },
  tagsOf: ({ tags }) => tags,
  resultSet: 'vpcSet',
  render: (vpc) => ({
    vpcId: vpc.id,
    ownerId: vpc.ownerId,
    state: 'available',
    cidrBlock: vpc.cidr,
    cidrBlockAssociationSet: [
      { cidrBlock: vpc.cidr, associationId: vpc.id.replace('vpc-', 'vpc-cidr-assoc-'), cidrBlockState: { state: 'associated' } },
    ],
    ipv6CidrBlockAssociationSet: renderIpv6(vpc.ipv6Cidr, vpc.id.replace('vpc-', 'vpc-cidr-assoc-')),
    dhcpOptionsId: 'dopt-00000000000000001',
    instanceTenancy: 'default',
    isDefault: vpc.isDefault,
    tagSet: renderTags(vpc.tags),
  }),
});
