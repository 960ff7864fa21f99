import { DescribeNetworkInterfacesCommand, type EC2Client, type NetworkInterface as Ec2Interface, type Filter } from '@aws-sdk/client-ec2';
import { eachPage, PAGE_SIZE } from '../../aws/pages.ts';
import { MalformedAnswer } from '../../domain/errors.ts';
import type { NetworkInterface } from '../../domain/inventory.ts';

export const DESCRIBE_INTERFACES = 'ec2:DescribeNetworkInterfaces';

const present = (values: readonly (string | undefined)[]): string[] => values.filter((value) => value !== undefined);

function stated(value: string | undefined, what: string): string {
  if (!value) throw new MalformedAnswer(`the answer holds an interface without its ${what}`);
  return value;
}

/** What the rules need of an interface. Without its id or owner it is no answer of EC2's; any other field that EC2 left out becomes a value that proves nothing. */
export function projectInterface(eni: Ec2Interface): NetworkInterface {
  return {
    id: stated(eni.NetworkInterfaceId, 'id'),
    description: eni.Description ?? '',
    status: eni.Status ?? '',
    interfaceType: eni.InterfaceType ?? '',
    ownerId: stated(eni.OwnerId, 'owner'),
    requesterManaged: eni.RequesterManaged,
    operator: operatorOf(eni),
    vpcId: eni.VpcId ?? '',
    subnetId: eni.SubnetId ?? '',
    availabilityZone: eni.AvailabilityZone ?? '',
    groups: (eni.Groups ?? []).map((group) => ({ id: group.GroupId ?? '', name: group.GroupName ?? '' })),
    privateIpAddresses: present((eni.PrivateIpAddresses ?? []).map((address) => address.PrivateIpAddress)),
    ipv6Addresses: present((eni.Ipv6Addresses ?? []).map((address) => address.Ipv6Address)),
    prefixes: present([...(eni.Ipv4Prefixes ?? []).map((p) => p.Ipv4Prefix), ...(eni.Ipv6Prefixes ?? []).map((p) => p.Ipv6Prefix)]),
    attachment: eni.Attachment ? { instanceId: eni.Attachment.InstanceId, status: eni.Attachment.Status ?? '' } : undefined,
    // fromEntries defines own properties, so that a tag called __proto__ is a tag like any other.
    tags: Object.fromEntries((eni.TagSet ?? []).flatMap(({ Key, Value }) => (Key === undefined ? [] : [[Key, Value ?? '']]))),
  };
}

/** Only a plain "not managed" counts as such. */
const operatorOf = ({ Operator }: Ec2Interface): string | undefined =>
  Operator && Operator.Managed !== false ? (Operator.Principal ?? 'an AWS service') : undefined;

/** Reads interfaces by filter, page by page, each projected as it arrives. */
export function readInterfaces(
  ec2: EC2Client,
  filters: Filter[],
  visit: (interfaces: readonly NetworkInterface[]) => unknown,
  pageSize = PAGE_SIZE,
): Promise<void> {
  return eachPage(
    [
      ec2,
      DescribeNetworkInterfacesCommand,
      {
        Filters: filters,
        MaxResults: pageSize,
        // Without it the interfaces of Auto Mode look gone.
        IncludeManagedResources: true,
      },
      'NetworkInterfaces',
    ],
    (page) => visit(page.map(projectInterface)),
  );
}
