import type { SecurityGroupRule } from '../state.ts';

export type GivenRule = Partial<SecurityGroupRule> & Pick<SecurityGroupRule, 'isEgress' | 'protocol'>;

/** A group, a prefix list, or a network of either family. */
type Peer = string;
type Ports = number | readonly [from: number, to: number] | undefined;

function rule(isEgress: boolean, protocol: string, ports: Ports, peer: Peer): GivenRule {
  const [fromPort, toPort] = typeof ports === 'object' ? ports : [ports, ports];
  return { isEgress, protocol, ...(fromPort === undefined || toPort === undefined ? {} : { fromPort, toPort }), ...peerOf(peer) };
}

function peerOf(peer: Peer): Partial<GivenRule> {
  if (peer.startsWith('sg-')) return { referencedGroup: { groupId: peer } };
  if (peer.startsWith('pl-')) return { prefixListId: peer };
  return peer.includes(':') ? { cidrIpv6: peer } : { cidrIpv4: peer };
}

/** e.g. `ingress('tcp', 53, 'sg-…')`, `ingress('-1', undefined, '10.0.0.0/8')`. */
export const ingress = (protocol: string, ports: Ports, peer: Peer): GivenRule => rule(false, protocol, ports, peer);

/** e.g. `egress('udp', [53, 53], 'pl-…')`. */
export const egress = (protocol: string, ports: Ports, peer: Peer): GivenRule => rule(true, protocol, ports, peer);
