// Addresses as text and as points. The library parses and prints; what it takes beyond the notation that AWS writes (octal,
// hexadecimal, shortened IPv4, zones) is refused, because an address that is read differently than it was meant is worse than none.
import ipaddr from 'ipaddr.js';
import type { AddressFamily } from '../domain/security-group.ts';
import type { Interval, Intervals, Point } from './intervals.ts';

/** A CIDR block, or a single address, of one family. */
export interface Block {
  family: AddressFamily;
  interval: Interval;
}

/** The part of a set that is IPv4, and the part that is IPv6. */
export type ByFamily = Readonly<Record<AddressFamily, Intervals>>;

const BITS = { ipv4: 32, ipv6: 128 } as const;

const pointOf = (bytes: readonly number[]): Point =>
  bytes.length === 4
    ? bytes.reduce((sum, byte) => sum * 256 + byte, 0)
    : BigInt(`0x${bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')}`);

function parseAddress(text: string): { family: AddressFamily; point: Point } | undefined {
  if (text.includes(':')) {
    const isAddress = !text.includes('%') && ipaddr.IPv6.isValid(text);
    return isAddress ? { family: 'ipv6', point: pointOf(ipaddr.IPv6.parse(text).toByteArray()) } : undefined;
  }
  if (!ipaddr.IPv4.isValidFourPartDecimal(text)) return undefined;
  return { family: 'ipv4', point: pointOf(ipaddr.IPv4.parse(text).toByteArray()) };
}

/** An address or a CIDR block, host bits cleared as AWS does; undefined when it is neither. */
export function parseBlock(text: string): Block | undefined {
  const [address = '', prefix, ...more] = text.split('/');
  const parsed = parseAddress(address);
  if (!parsed || more.length > 0) return undefined;
  const bits = BITS[parsed.family];
  if (prefix === undefined) return { family: parsed.family, interval: blockAt(parsed.point, 0) };
  if (!/^(0|[1-9]\d{0,2})$/.test(prefix) || Number(prefix) > bits) return undefined;
  return { family: parsed.family, interval: blockAt(parsed.point, bits - Number(prefix)) };
}

/** The block of 2^hostBits addresses that holds a point. */
function blockAt(point: Point, hostBits: number): Interval {
  if (typeof point === 'bigint') {
    const size = 1n << BigInt(hostBits);
    const start = point - (point % size);
    return { start, end: start + size };
  }
  const size = 2 ** hostBits;
  const start = point - (point % size);
  return { start, end: start + size };
}

/** A point as people write that address. */
export function printAddress(point: Point): string {
  if (typeof point === 'number') return [24, 16, 8, 0].map((shift) => Math.floor(point / 2 ** shift) % 256).join('.');
  const digits = point.toString(16).padStart(32, '0');
  return new ipaddr.IPv6(
    Array.from({ length: 8 }, (_, part) => Number.parseInt(digits.slice(part * 4, part * 4 + 4), 16)),
  ).toRFC5952String();
}

/** The fewest CIDR blocks that make up a set. */
export function printBlocks(set: Intervals): string[] {
  return set.flatMap(({ start, end }) => {
    const blocks: string[] = [];
    for (let point = start; point < end; ) {
      const hostBits = largestBlock(point, end);
      blocks.push(`${printAddress(point)}/${(typeof point === 'bigint' ? BITS.ipv6 : BITS.ipv4) - hostBits}`);
      point = blockAt(point, hostBits).end;
    }
    return blocks;
  });
}

function largestBlock(point: Point, end: Point): number {
  let hostBits = 0;
  for (const bits = typeof point === 'bigint' ? BITS.ipv6 : BITS.ipv4; hostBits < bits; hostBits += 1) {
    const next = blockAt(point, hostBits + 1);
    if (next.start !== point || next.end > end) break;
  }
  return hostBits;
}
