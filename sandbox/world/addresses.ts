import { awsError } from '../aws-error.ts';
import type { Subnet } from './state.ts';

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
