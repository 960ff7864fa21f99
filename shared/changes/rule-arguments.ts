// Rules as the arguments of the aws CLI, quoted for a shell.

import { shellWord } from '../content/shell-word.ts';
import type { ChangedRule } from './change.ts';

// A message shows a command whole or not at all, and nobody reads longer ones.
const MOST_CHARACTERS = 1_000;

const noted = ({ description }: ChangedRule) => (description === null ? {} : { Description: description });

// A port means nothing where every protocol is let through, and EC2 refuses it there.
const portsOf = ({ ipProtocol, fromPort, toPort }: ChangedRule) => ({
  IpProtocol: ipProtocol,
  ...(ipProtocol === '-1' || fromPort === null ? {} : { FromPort: fromPort }),
  ...(ipProtocol === '-1' || toPort === null ? {} : { ToPort: toPort }),
});

/** An entry of `--ip-permissions`. */
function permission(rule: ChangedRule): object {
  const { peer } = rule;
  const ports = portsOf(rule);
  switch (peer.kind) {
    case 'cidr-ipv4':
      return { ...ports, IpRanges: [{ CidrIp: peer.cidr, ...noted(rule) }] };
    case 'cidr-ipv6':
      return { ...ports, Ipv6Ranges: [{ CidrIpv6: peer.cidr, ...noted(rule) }] };
    case 'prefix-list':
      return { ...ports, PrefixListIds: [{ PrefixListId: peer.id, ...noted(rule) }] };
    case 'group': {
      const user = peer.userId === null ? {} : { UserId: peer.userId };
      return { ...ports, UserIdGroupPairs: [{ GroupId: peer.groupId, ...user, ...noted(rule) }] };
    }
  }
}

/** An entry of `--security-group-rules`: EC2 wants the whole rule. */
function update(rule: ChangedRule): object {
  const { peer } = rule;
  const to =
    peer.kind === 'cidr-ipv4'
      ? { CidrIpv4: peer.cidr }
      : peer.kind === 'cidr-ipv6'
        ? { CidrIpv6: peer.cidr }
        : peer.kind === 'prefix-list'
          ? { PrefixListId: peer.id }
          : { ReferencedGroupId: peer.groupId };
  return { SecurityGroupRuleId: rule.id, SecurityGroupRule: { ...portsOf(rule), ...to, ...noted(rule) } };
}

/** The items in as few lists as keep each command short. */
function shortLists<T>(items: readonly T[], lengthOf: (item: T) => number): T[][] {
  const lists: T[][] = [];
  let length = 0;
  for (const item of items) {
    const more = lengthOf(item);
    const list = lists.at(-1);
    if (list && length + more <= MOST_CHARACTERS) list.push(item);
    else lists.push([item]);
    length = lists.at(-1)?.length === 1 ? more : length + more;
  }
  return lists;
}

const asJson = (items: readonly object[], option: string): string[] =>
  shortLists(items, (item) => JSON.stringify(item).length).map((list) => `${option} ${shellWord(JSON.stringify(list))}`);

/** The `--ip-permissions` that name these rules by what they say, one for each command. */
export const permissionArguments = (rules: readonly ChangedRule[]): string[] => asJson(rules.map(permission), '--ip-permissions');

/** The `--security-group-rules` that make these rules what they say, one for each command. */
export const updateArguments = (rules: readonly ChangedRule[]): string[] => asJson(rules.map(update), '--security-group-rules');

/** The `--security-group-rule-ids`, one for each command. */
export const idArguments = (ids: readonly string[]): string[] =>
  shortLists(ids, (id) => id.length + 1).map((list) => `--security-group-rule-ids ${list.map(shellWord).join(' ')}`);
