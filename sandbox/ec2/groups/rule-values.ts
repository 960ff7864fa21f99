import { awsError } from '../../aws-error.ts';
import { cidrText, parseCidr } from '../../world/network/cidr.ts';
import type { SecurityGroupRule } from '../../world/state.ts';

/** A rule before it has an id and a group. Exactly one of cidrIpv4, cidrIpv6, prefixListId and referencedGroup. */
export type AskedRule = Omit<SecurityGroupRule, 'id' | 'isEgress' | 'tags'>;

const invalid = (message: string) => awsError('InvalidParameterValue', message);

// Numbers that have a name are told by it.
const NAMES: Readonly<Record<string, string>> = { 1: 'icmp', 6: 'tcp', 17: 'udp', 58: 'icmpv6' };
const WITH_PORTS = ['tcp', 'udp'];
const WITH_TYPES = ['icmp', 'icmpv6'];

/** A protocol as EC2 stores it: a name, a number that has none, or -1. */
export function storedProtocol(given: string): string {
  const name = NAMES[given] ?? given;
  if (name === '-1' || WITH_PORTS.includes(name) || WITH_TYPES.includes(name)) return name;
  if (!/^\d{1,3}$/.test(given) || Number(given) > 255) throw invalid(`Invalid value '${given}' for IP protocol. Unknown protocol.`);
  return String(Number(given));
}

type PortRange = Pick<SecurityGroupRule, 'fromPort' | 'toPort'>;

/** Ports, or an ICMP type and code, as EC2 stores them. Protocols that have neither admit everything, whatever was asked. */
export function storedPorts(protocol: string, from: number | undefined, to: number | undefined): PortRange {
  if (WITH_PORTS.includes(protocol)) return storedPortRange(from, to);
  if (!WITH_TYPES.includes(protocol)) return {};
  if (protocol === 'icmpv6' && from === undefined && to === undefined) return { fromPort: -1, toPort: -1 };
  if (from === undefined || to === undefined)
    throw invalid("Invalid value 'Must specify both from and to ports with ICMP.' for portRange.");
  if (Math.min(from, to) < -1 || Math.max(from, to) > 255) throw invalid(`ICMP type (${from}) or code (${to}) out of range`);
  if (from === -1 && to !== -1) throw invalid(`Invalid ICMP code (${to}): every type has every code.`);
  return { fromPort: from, toPort: to };
}

function storedPortRange(from: number | undefined, to: number | undefined): PortRange {
  if (from === undefined || to === undefined) {
    throw invalid("Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.");
  }
  if (from === -1 && to === -1) return { fromPort: 0, toPort: 65535 };
  for (const port of [from, to]) if (port < 0 || port > 65535) throw invalid(`TCP/UDP port (${port}) out of range`);
  if (from > to) throw invalid(`Invalid TCP/UDP port range (${from}:${to})`);
  return { fromPort: from, toPort: to };
}

/** A network as EC2 stores it: host bits cleared, IPv6 in its shortest form. */
export function storedCidr(given: string, family: 'IPv4' | 'IPv6'): string {
  const network = parseCidr(given);
  if (network?.family !== family) throw invalid(`CIDR block ${given} is malformed`);
  return cidrText(network);
}

const DESCRIPTION = /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{0,255}$/;

/** A description within the bounds that EC2 sets; an empty one is none. */
export function storedDescription(given: string | undefined): Pick<SecurityGroupRule, 'description'> {
  if (given !== undefined && !DESCRIPTION.test(given)) {
    throw invalid(
      'Invalid rule description. Valid descriptions are strings less than 256 characters from the following set: a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*',
    );
  }
  return given ? { description: given } : {};
}

type Peer = Pick<AskedRule, 'cidrIpv4' | 'cidrIpv6' | 'prefixListId' | 'referencedGroup'>;

export const peerOf = ({ cidrIpv4, cidrIpv6, prefixListId, referencedGroup }: Peer): string =>
  cidrIpv4 ?? cidrIpv6 ?? prefixListId ?? referencedGroup?.groupId ?? '';

// A story may have written a rule in a way that EC2 would have tidied up.
function tidy({ protocol, fromPort = -1, toPort = -1 }: AskedRule): string {
  const name = NAMES[protocol] ?? protocol;
  if (WITH_PORTS.includes(name) && fromPort === -1 && toPort === -1) return `${name} 0 65535`;
  return WITH_PORTS.includes(name) || WITH_TYPES.includes(name) ? `${name} ${fromPort} ${toPort}` : name;
}

/** Whether two rules of one direction are the same to EC2, which does not look at descriptions. */
export const isSameRule = (one: AskedRule, other: AskedRule): boolean => tidy(one) === tidy(other) && peerOf(one) === peerOf(other);

/** A rule in the words of EC2's errors. */
export function inWords(rule: AskedRule): string {
  const { protocol, fromPort, toPort } = rule;
  const traffic = WITH_PORTS.includes(protocol)
    ? `${protocol.toUpperCase()}, from port: ${fromPort}, to port: ${toPort}`
    : WITH_TYPES.includes(protocol)
      ? `${protocol.toUpperCase()}, type: ${fromPort}, code: ${toPort}`
      : protocol === '-1'
        ? 'ALL'
        : `protocol: ${protocol}`;
  return `"peer: ${peerOf(rule)}, ${traffic}, ALLOW"`;
}
