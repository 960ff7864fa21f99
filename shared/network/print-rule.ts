// A rule that is to be added, as the AWS CLI and as Terraform take it.

import { shellWord } from '../content/shell-word.ts';
import type { SecurityGroupRule } from '../domain/security-group.ts';

/** A rule to add; `peerOwner` is the account of a referenced group where it is not the account of the rule's own. */
export interface PrintedRule {
  rule: SecurityGroupRule;
  peerOwner: string | undefined;
}

const side = ({ isEgress }: SecurityGroupRule): 'egress' | 'ingress' => (isEgress ? 'egress' : 'ingress');

function peerInCli({ rule: { peer }, peerOwner }: PrintedRule): string {
  switch (peer.kind) {
    case 'group':
      return `UserIdGroupPairs=[{GroupId=${peer.groupId}${peerOwner === undefined ? '' : `,UserId=${peerOwner}`}}]`;
    case 'cidr-ipv4':
      return `IpRanges=[{CidrIp=${peer.cidr}}]`;
    case 'cidr-ipv6':
      return `Ipv6Ranges=[{CidrIpv6=${peer.cidr}}]`;
    case 'prefix-list':
      return `PrefixListIds=[{PrefixListId=${peer.id}}]`;
    case 'unrecognised':
      throw new Error(`a rule with a peer that is not understood cannot be added: ${peer.says}`);
  }
}

/** The command that adds the rule, ready for a POSIX shell. */
export function printCommand(printed: PrintedRule, region: string): string {
  const { rule } = printed;
  const ports = rule.fromPort === undefined ? [] : [`FromPort=${rule.fromPort}`, `ToPort=${rule.toPort}`];
  const permission = [`IpProtocol=${rule.ipProtocol}`, ...ports, peerInCli(printed)].join(',');
  const words = ['aws', 'ec2', `authorize-security-group-${side(rule)}`, '--region', region, '--group-id', rule.groupId];
  return [...words, '--ip-permissions', permission].map(shellWord).join(' ');
}

function peerInTerraform({ rule: { peer }, peerOwner }: PrintedRule): [name: string, value: string] {
  switch (peer.kind) {
    case 'group':
      return ['referenced_security_group_id', peerOwner === undefined ? peer.groupId : `${peerOwner}/${peer.groupId}`];
    case 'cidr-ipv4':
      return ['cidr_ipv4', peer.cidr];
    case 'cidr-ipv6':
      return ['cidr_ipv6', peer.cidr];
    case 'prefix-list':
      return ['prefix_list_id', peer.id];
    case 'unrecognised':
      throw new Error(`a rule with a peer that is not understood cannot be added: ${peer.says}`);
  }
}

/** The Terraform resource that adds the rule, formatted as `terraform fmt` does. */
export function printTerraform(printed: PrintedRule): string {
  const { rule } = printed;
  const [peer, value] = peerInTerraform(printed);
  const name = [rule.groupId, rule.ipProtocol, rule.fromPort, rule.isEgress ? 'to' : 'from', value].filter((part) => part !== undefined);
  const text = (word: string) => JSON.stringify(word);
  const settings: [string, string][] = [
    ['security_group_id', text(rule.groupId)],
    [peer, text(value)],
    ['ip_protocol', text(rule.ipProtocol)],
    ...(rule.fromPort === undefined
      ? []
      : ([
          ['from_port', `${rule.fromPort}`],
          ['to_port', `${rule.toPort}`],
        ] as [string, string][])),
  ];
  const width = Math.max(...settings.map(([key]) => key.length));
  return [
    `resource "aws_vpc_security_group_${side(rule)}_rule" "${name.join('_').replaceAll(/[^A-Za-z0-9_]+/g, '_')}" {`,
    ...settings.map(([key, said]) => `  ${key.padEnd(width)} = ${said}`),
    '}',
  ].join('\n');
}
