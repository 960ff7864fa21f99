import { describe, expect, it } from '@jest/globals';
import type { SecurityGroupRule, Traffic } from '../../shared/domain/security-group.ts';
import { admits, compilePorts, compileTraffic, protocolNumber } from '../../shared/network/traffic.ts';

type Said = [ipProtocol: string, fromPort?: number | undefined, toPort?: number | undefined];
const rule = ([ipProtocol, fromPort, toPort]: Said): SecurityGroupRule => ({
  id: 'sgr-1',
  groupId: 'sg-1',
  isEgress: true,
  ipProtocol,
  fromPort,
  toPort,
  peer: { kind: 'cidr-ipv4', cidr: '0.0.0.0/0' },
});
const udp53: Traffic = { protocol: 'udp', port: 53 };
const ping: Traffic = { protocol: 'icmp', port: 8, code: 0 };

describe('whether a rule admits traffic', () => {
  it.each<[Said, Traffic, string]>([
    [['-1'], udp53, 'yes'],
    [['-1', -1, -1], udp53, 'yes'],
    [['-1', 80, 80], udp53, 'yes'],
    [['udp', 53, 53], udp53, 'yes'],
    [['17', 53, 53], udp53, 'yes'],
    [['UDP', 53, 53], udp53, 'yes'],
    [['udp'], udp53, 'yes'],
    [['udp', -1, -1], udp53, 'yes'],
    [['udp', 0, 65_535], udp53, 'yes'],
    [['udp', 1, 53], udp53, 'yes'],
    [['udp', 53, 80], udp53, 'yes'],
    [['udp', 54, 80], udp53, 'no'],
    [['udp', 1, 52], udp53, 'no'],
    [['udp', 0, 0], { protocol: 'udp', port: 0 }, 'yes'],
    [['tcp', 53, 53], udp53, 'no'],
    [['udp', 53], udp53, 'maybe'],
    [['udp', undefined, 53], udp53, 'maybe'],
    [['udp', 60, 50], udp53, 'maybe'],
    [['udp', 0, 65_536], udp53, 'maybe'],
    [['udp', 60, 50], { protocol: 'tcp', port: 55 }, 'no'],
    [['udpp', 53, 53], udp53, 'maybe'],
    [['256', 53, 53], udp53, 'maybe'],
    [['', 53, 53], udp53, 'maybe'],
    [['47', 53, 53], { protocol: '47' }, 'yes'],
    [['47', 80, 80], { protocol: '47', port: 53 }, 'yes'],
    [['50'], { protocol: '47' }, 'no'],
    [['icmp', 8, 0], ping, 'yes'],
    [['icmp', 8, -1], ping, 'yes'],
    [['icmp', -1, -1], ping, 'yes'],
    [['1', 8, 0], ping, 'yes'],
    [['icmp', 8, 1], ping, 'no'],
    [['icmp', 0, 0], ping, 'no'],
    [['icmp', -1, 0], ping, 'maybe'],
    [['icmpv6'], { protocol: '58' }, 'yes'],
    [['icmpv6', 128, 0], { protocol: 'icmpv6' }, 'yes'],
    [['icmpv6'], ping, 'no'],
  ])('%j admits %j: %s', (said, traffic, answer) => {
    expect(admits(compilePorts(rule(said)), compileTraffic(traffic))).toBe(answer);
  });
});

describe('a question', () => {
  it.each<[Traffic, RegExp]>([
    [{ protocol: 'udp' }, /udp needs a port from 0 to 65535, not undefined/],
    [{ protocol: 'tcp', port: 65_536 }, /needs a port/],
    [{ protocol: 'tcp', port: 53.5 }, /needs a port/],
    [{ protocol: '-1' }, /one protocol/],
    [{ protocol: 'dns' }, /one protocol, not "dns"/],
    [{ protocol: 'icmp', port: 256 }, /types and codes/],
    [{ protocol: 'icmp', family: 'ipv6' }, /not spoken over ipv6/],
  ])('that no packet can be is refused: %j', (traffic, error) => {
    expect(() => compileTraffic(traffic)).toThrow(error);
  });

  it('is named the same however it is written', () => {
    expect(compileTraffic({ protocol: '17', port: 53 })).toEqual(compileTraffic(udp53));
    expect(compileTraffic({ protocol: '47' }).name).toBe('protocol 47');
    expect(protocolNumber('-1')).toBe('all');
    expect(protocolNumber('constructor')).toBeUndefined();
  });
});
