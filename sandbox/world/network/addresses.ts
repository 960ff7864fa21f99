import { awsError } from '../../aws-error.ts';
import type { Subnet } from '../state.ts';
import { cidrText, ipv6Text, parseCidr } from './cidr.ts';

const toNumber = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
const toAddress = (value: number): string => [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');

/** How many addresses an IPv4 network has. */
export const sizeOf = (cidr: string): number => 2 ** (32 - Number(cidr.split('/')[1]));

// EC2 keeps the first four addresses of a subnet and the last one.
const RESERVED = 5;
export const FIRST_HOST = 4;

/** The next free address of a subnet. */
export function nextAddress(subnet: Subnet): string {
  const host = subnet.nextHost;
  if (host >= sizeOf(subnet.cidr) - 1) {
    throw awsError('InsufficientFreeAddressesInSubnet', `insufficient free addresses in subnet '${subnet.id}'`);
  }
  subnet.nextHost += 1;
  return toAddress(toNumber(subnet.cidr.split('/')[0] ?? '') + host);
}

/** Whether an IPv4 address lies in a network. */
export function isWithin(address: string, cidr: string): boolean {
  const start = toNumber(cidr.split('/')[0] ?? '');
  const value = toNumber(address);
  return /^\d+\.\d+\.\d+\.\d+$/.test(address) && value >= start && value < start + sizeOf(cidr);
}

/** What a subnet has left when so many of its addresses are in use. */
export const freeAddresses = (subnet: Subnet, used: number): number => sizeOf(subnet.cidr) - RESERVED - used;

const PREFIX_SIZE = 16;

/** The next free /28 of a subnet: what a node delegates to its pods. */
export function nextPrefix(subnet: Subnet): string {
  const start = Math.ceil(subnet.nextHost / PREFIX_SIZE) * PREFIX_SIZE;
  if (start + PREFIX_SIZE > sizeOf(subnet.cidr)) {
    throw awsError('InsufficientCidrBlocks', `The subnet '${subnet.id}' does not have enough free cidr blocks.`);
  }
  subnet.nextHost = start + PREFIX_SIZE;
  return `${toAddress(toNumber(subnet.cidr.split('/')[0] ?? '') + start)}/28`;
}

function ipv6Start(subnet: Subnet): bigint {
  const network = parseCidr(subnet.ipv6Cidr ?? '');
  if (!network) throw new Error(`The sandbox's subnet ${subnet.id} has no IPv6: make its VPC with createVpc({ ipv6Cidr }).`);
  return network.start;
}

/** The next IPv6 address of a subnet. */
export function nextIpv6Address(subnet: Subnet): string {
  const start = ipv6Start(subnet);
  subnet.nextHost += 1;
  return ipv6Text(start + BigInt(subnet.nextHost));
}

/** The next /80 of a subnet: what a node of an IPv6 cluster delegates to its pods. */
export function nextIpv6Prefix(subnet: Subnet): string {
  const start = ipv6Start(subnet);
  subnet.nextHost += 1;
  return cidrText({ family: 'IPv6', start: start + (BigInt(subnet.nextHost) << 48n), prefixLength: 80 });
}

/** The /64 with this number in a VPC's /56. */
export function ipv6SubnetOf(vpcCidr: string, index: number): string {
  const network = parseCidr(vpcCidr);
  if (network?.family !== 'IPv6') throw new Error(`${vpcCidr} is no IPv6 network.`);
  return cidrText({ family: 'IPv6', start: network.start + (BigInt(index) << 64n), prefixLength: 64 });
}
