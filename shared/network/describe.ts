import type { RulePeer, SecurityGroupRule } from '../domain/security-group.ts';
import { protocolName, protocolNumber } from './traffic.ts';

function describePeer(peer: RulePeer): string {
  switch (peer.kind) {
    case 'cidr-ipv4':
    case 'cidr-ipv6':
      return peer.cidr;
    case 'prefix-list':
      return `prefix list ${peer.id}`;
    case 'group':
      return `holders of ${peer.groupId}`;
    case 'unrecognised':
      return 'a peer that is not understood';
  }
}

function describePorts({ ipProtocol, fromPort = -1, toPort = -1 }: SecurityGroupRule): string {
  const number = protocolNumber(ipProtocol);
  if (number === 'all') return 'all traffic';
  const name = number === undefined ? `protocol ${JSON.stringify(ipProtocol)}` : protocolName(number);
  if (name.startsWith('protocol')) return name;
  if (fromPort === -1 && toPort === -1) return `all ${name}`;
  if (name.startsWith('icmp')) return `${name} type ${fromPort}${toPort === -1 ? '' : ` code ${toPort}`}`;
  return `${name} ${fromPort === toPort ? fromPort : `${fromPort}-${toPort}`}`;
}

/** A rule as people say it, e.g. `lets out udp 53 to 10.0.0.0/16`. */
export const describeRule = (rule: SecurityGroupRule): string =>
  `lets ${rule.isEgress ? 'out' : 'in'} ${describePorts(rule)} ${rule.isEgress ? 'to' : 'from'} ${describePeer(rule.peer)}`;
