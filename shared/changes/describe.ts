// What a change says in words.
import type { Actor, Change, ChangedRule } from './change.ts';

const MOST_RULES = 3;

/** e.g. `anna (Admin) with terraform from 203.0.113.7`. */
export function whoSays({ principal, session, role, invokedBy, tool, sourceAddress }: Actor): string {
  const name = session ?? principal.split(/[/:]/).at(-1) ?? principal;
  const as = role ? ` (${role.split('/').at(-1)})` : '';
  // A service that acts for somebody stands for address and tool as well.
  const from = sourceAddress === null || sourceAddress === invokedBy ? '' : ` from ${sourceAddress}`;
  return `${name}${as} with ${tool}${from}`;
}

/** e.g. `udp 53 to 0.0.0.0/0`. */
export function ruleSays({ ipProtocol, fromPort, toPort, isEgress, peer }: ChangedRule): string {
  const protocol = ipProtocol === '-1' ? 'all traffic' : ipProtocol;
  const isAll = ipProtocol === '-1' || fromPort === null || fromPort === -1;
  const ports = isAll ? '' : ` ${fromPort === toPort || toPort === null ? fromPort : `${fromPort}-${toPort}`}`;
  const name = peer.kind === 'group' ? peer.groupId : peer.kind === 'prefix-list' ? peer.id : peer.cidr;
  return `${protocol}${ports} ${isEgress === null ? 'with' : isEgress ? 'to' : 'from'} ${name}`;
}

function rulesSay(rules: readonly ChangedRule[]): string {
  if (rules.length === 0) return 'rules that the record does not name';
  const more = rules.length - MOST_RULES;
  return `${rules.slice(0, MOST_RULES).map(ruleSays).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** What was done, in one clause, e.g. `revoked egress udp 53 to 0.0.0.0/0 of sg-0123456789abcdef0`. */
export function changeSays({ what, groupIds, interfaceIds, cluster }: Change): string {
  const groups = groupIds.join(', ') || 'a security group that the record does not name';
  switch (what.kind) {
    case 'rules-authorized':
    case 'rules-revoked':
      return `${what.kind.slice('rules-'.length)} ${what.isEgress ? 'egress' : 'ingress'} ${rulesSay(what.rules)} of ${groups}`;
    case 'rules-modified':
      return `modified ${what.rules.map(({ id }) => id ?? 'a rule').join(', ') || 'rules'} of ${groups} to ${rulesSay(what.rules)}`;
    case 'group-deleted':
      return `deleted ${groups}`;
    case 'vpc-associated':
      return `associated ${groups} with ${what.vpcId ?? 'a VPC'}`;
    case 'vpc-disassociated':
      return `disassociated ${groups} from ${what.vpcId ?? 'a VPC'}`;
    case 'interface-groups':
      return `set the groups of ${interfaceIds.join(', ') || 'an interface'} to ${what.groupIds.join(', ')}`;
    case 'addon':
      return `changed the add-on ${what.addon} of ${cluster ?? 'a cluster'}`;
  }
}

/** Who made which call when, and what it did: one line. */
export const causeSays = (change: Change): string =>
  `${change.call} by ${whoSays(change.actor)} at ${change.at.slice(0, 19)}Z: ${changeSays(change)}`;
