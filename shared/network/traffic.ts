// Protocols and ports: what a rule admits, and what is asked about. Sources: facts of the EC2 API, DescribeSecurityGroupRules.
import type { AddressFamily, SecurityGroupRule, Traffic } from '../domain/security-group.ts';

/** Three-valued, because an auditor that cannot read something must not guess. */
export type Answer = 'yes' | 'no' | 'maybe';

/** Traffic made ready. */
export interface CompiledTraffic {
  protocol: number;
  name: string;
  port: number | undefined;
  /** The code of ICMP; 0 of anything else. */
  code: number;
  /** Only these, where the protocol or the question leaves no choice. */
  families: readonly AddressFamily[];
  /** Equal for equal traffic, whatever its notation. */
  key: string;
}

const NUMBERS: Readonly<Record<string, number>> = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58 };
const NAMES = new Map(Object.entries(NUMBERS).map(([name, number]) => [number, name]));
const [ICMP, TCP, UDP, ICMPV6] = [1, 6, 17, 58];
const BOTH: readonly AddressFamily[] = ['ipv4', 'ipv6'];

/** The number of a protocol by name or number; `all` for -1; undefined when it is neither. */
export function protocolNumber(text: string): number | 'all' | undefined {
  const word = text.toLowerCase();
  if (word === '-1') return 'all';
  if (Object.hasOwn(NUMBERS, word)) return NUMBERS[word];
  return /^\d{1,3}$/.test(word) && Number(word) <= 255 ? Number(word) : undefined;
}

/** A protocol as people call it. */
export const protocolName = (number: number): string => NAMES.get(number) ?? `protocol ${number}`;

const hasPorts = (protocol: number): boolean => protocol === TCP || protocol === UDP;
const isIcmp = (protocol: number): boolean => protocol === ICMP || protocol === ICMPV6;
const isWithin = (value: number | undefined, low: number, high: number): value is number =>
  value !== undefined && Number.isInteger(value) && value >= low && value <= high;

/** What `ping` sends: the ICMP type that is meant when none was named. */
const echoRequest = (protocol: number): number => (protocol === ICMP ? 8 : 128);

function spokenOver(protocol: number): typeof BOTH {
  if (protocol === ICMP) return BOTH.slice(0, 1);
  return protocol === ICMPV6 ? BOTH.slice(1) : BOTH;
}

/** Checks and normalises what is asked about. What no packet can be is the caller's mistake, and a RangeError. */
export function compileTraffic({ protocol, port, code, family }: Traffic): CompiledTraffic {
  const number = protocolNumber(protocol);
  if (number === undefined || number === 'all') throw new RangeError(`a path is asked about one protocol, not ${JSON.stringify(protocol)}`);
  if (hasPorts(number) && !isWithin(port, 0, 65_535)) throw new RangeError(`${protocol} needs a port from 0 to 65535, not ${port}`);
  const type = isIcmp(number) ? (port ?? echoRequest(number)) : port;
  if (isIcmp(number) && !(isWithin(type, 0, 255) && isWithin(code ?? 0, 0, 255)))
    throw new RangeError(`${protocol} has types and codes from 0 to 255, not ${type} and ${code}`);
  const families = spokenOver(number).filter((each) => family === undefined || each === family);
  if (families.length === 0) throw new RangeError(`${protocol} is not spoken over ${family}`);
  const ready = {
    protocol: number,
    name: protocolName(number),
    port: hasPorts(number) || isIcmp(number) ? type : undefined,
    code: code ?? 0,
  };
  return { ...ready, families, key: `${number}/${ready.port}/${ready.code}` };
}

/** The ports, or ICMP types and codes, of a rule. `undefined` in `ports`: what EC2 said makes no sense. */
export interface RulePorts {
  protocol: number | 'all' | undefined;
  ports: 'all' | { from: number; to: number } | undefined;
}

/** What a rule says about protocol and ports. -1 and absent alike mean all. */
export function compilePorts({ ipProtocol, fromPort = -1, toPort = -1 }: SecurityGroupRule): RulePorts {
  const protocol = protocolNumber(ipProtocol);
  if (protocol === undefined) return { protocol, ports: undefined };
  // Only four protocols have ports; for any other EC2 admits all, whatever was asked for.
  if (protocol === 'all' || !(hasPorts(protocol) || isIcmp(protocol))) return { protocol, ports: 'all' };
  if (fromPort === -1 && toPort === -1) return { protocol, ports: 'all' };
  const makesSense = hasPorts(protocol)
    ? isWithin(fromPort, 0, 65_535) && isWithin(toPort, fromPort, 65_535)
    : isWithin(fromPort, 0, 255) && isWithin(toPort, -1, 255);
  return { protocol, ports: makesSense ? { from: fromPort, to: toPort } : undefined };
}

/** Whether a rule is about the protocol of this traffic. */
export function admitsProtocol({ protocol }: RulePorts, traffic: CompiledTraffic): Answer {
  if (protocol === undefined) return 'maybe';
  return protocol === 'all' || protocol === traffic.protocol ? 'yes' : 'no';
}

/** Whether a rule of the same kind of protocol admits the port, or the ICMP type and code, of this traffic. */
export function admitsPort({ protocol, ports }: RulePorts, traffic: CompiledTraffic): Answer {
  if (ports === undefined) return 'maybe';
  if (ports === 'all' || traffic.port === undefined) return 'yes';
  if (typeof protocol === 'number' && isIcmp(protocol))
    return ports.from === traffic.port && (ports.to === -1 || ports.to === traffic.code) ? 'yes' : 'no';
  return ports.from <= traffic.port && traffic.port <= ports.to ? 'yes' : 'no';
}

/** Whether a rule admits this traffic, whoever the peer is. */
export function admits(rule: RulePorts, traffic: CompiledTraffic): Answer {
  const protocol = admitsProtocol(rule, traffic);
  const port = protocol === 'no' ? 'no' : admitsPort(rule, traffic);
  if (protocol === 'no' || port === 'no') return 'no';
  return protocol === 'maybe' || port === 'maybe' ? 'maybe' : 'yes';
}
