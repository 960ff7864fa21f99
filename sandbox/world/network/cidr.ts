// Networks as EC2 stores them, of both families.
import { isIPv4, isIPv6 } from 'node:net';

const fromParts = (parts: readonly string[], base: number, radix: number): bigint =>
  parts.reduce((sum, part) => sum * BigInt(base) + BigInt(Number.parseInt(part, radix)), 0n);

const ipv4Value = (text: string): bigint => fromParts(text.split('.'), 256, 10);

function ipv6Value(text: string): bigint {
  const [head = '', tail] = dotsToGroups(text).split('::');
  const groups = (side: string): string[] => (side === '' ? [] : side.split(':'));
  const left = groups(head);
  const right = tail === undefined ? [] : groups(tail);
  const between = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => '0');
  return fromParts([...left, ...between, ...right], 65536, 16);
}

const hex = (value: bigint): string => value.toString(16);

/** The last 32 bits of an IPv6 address may be written as an IPv4 one. */
const dotsToGroups = (text: string): string =>
  text.replace(/[^:]+\.[^:]+$/, (dotted) => `${hex(ipv4Value(dotted) >> 16n)}:${hex(ipv4Value(dotted) & 0xffffn)}`);

export const ipv4Text = (value: bigint): string => [24n, 16n, 8n, 0n].map((shift) => String((value >> shift) & 255n)).join('.');

/** RFC 5952: lower case, no leading zeros, the first of the longest runs of at least two zeros as `::`. */
export function ipv6Text(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) => hex((value >> BigInt(16 * (7 - index))) & 0xffffn));
  const runs = [...groups.join(':').matchAll(/(?:^|:)(0(?::0)+)(?=:|$)/g)].map(([, run = '']) => run);
  const longest = runs.reduce((best, run) => (run.length > best.length ? run : best), '');
  if (longest === '') return groups.join(':');
  const text = `:${groups.join(':')}:`.replace(`:${longest}:`, '::');
  return text.replace(/^:(?!:)/, '').replace(/(?<!:):$/, '');
}

export interface Network {
  family: 'IPv4' | 'IPv6';
  /** The first address. */
  start: bigint;
  prefixLength: number;
}

/** A network, host bits cleared; undefined for what is none. */
export function parseCidr(text: string): Network | undefined {
  const [address = '', length = '', ...rest] = text.split('/');
  if (rest.length > 0 || !/^\d{1,3}$/.test(length)) return undefined;
  const family = isIPv4(address) ? 'IPv4' : isIPv6(address) && !address.includes('%') ? 'IPv6' : undefined;
  const bits = family === 'IPv4' ? 32 : 128;
  const prefixLength = Number(length);
  if (family === undefined || prefixLength > bits) return undefined;
  const value = family === 'IPv4' ? ipv4Value(address) : ipv6Value(address);
  const hostBits = BigInt(bits - prefixLength);
  return { family, start: (value >> hostBits) << hostBits, prefixLength };
}

export const cidrText = ({ family, start, prefixLength }: Network): string =>
  `${family === 'IPv4' ? ipv4Text(start) : ipv6Text(start)}/${prefixLength}`;
