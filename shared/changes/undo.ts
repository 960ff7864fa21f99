// The way back from exactly one change. Where nobody knows how it was before, it says so: a guess would be a second change.

import { shellWord } from '../content/shell-word.ts';
import type { Remedy } from '../domain/verdict.ts';
import type { Change, ChangedRule } from './change.ts';
import { idArguments, permissionArguments, updateArguments } from './rule-arguments.ts';

type Direction = 'ingress' | 'egress';

const nothing = (summary: string): Remedy => ({ summary, commands: [] });

const UNTOLD = 'The record of this call does not say which rules; look it up in CloudTrail by its event id.';

/** The commands that undo a change. `earlier`: changes that the ledger still knows, by which a modified rule can be restored. */
export function undoOf(change: Change, region: string, earlier: readonly Change[]): Remedy {
  const { what, groupIds } = change;
  switch (what.kind) {
    case 'rules-revoked':
      return authorizeAgain(what.rules, what.isEgress ? 'egress' : 'ingress', region);
    case 'rules-authorized':
      return revokeAgain(what.rules, what.isEgress ? 'egress' : 'ingress', region);
    case 'rules-modified':
      return restore(change, what.rules, region, earlier);
    case 'group-deleted':
      return nothing('A deleted group cannot be restored: a new one has another id, and whatever refers to the old one must be changed.');
    case 'vpc-associated':
      return associate('disassociate', groupIds, what.vpcId, region);
    case 'vpc-disassociated':
      return associate('associate', groupIds, what.vpcId, region);
    case 'interface-groups':
      return regroup(change, region, earlier);
    case 'addon':
      return reconfigure(change, region, earlier);
  }
}

const command = (call: string, region: string, groupId: string, rest: string): string =>
  `aws ec2 ${call} --region ${shellWord(region)} --group-id ${shellWord(groupId)} ${rest}`;

const byGroup = (rules: readonly ChangedRule[]) => [...Map.groupBy(rules, ({ groupId }) => groupId)].filter(([groupId]) => groupId !== '');

function authorizeAgain(rules: readonly ChangedRule[], direction: Direction, region: string): Remedy {
  const commands = byGroup(rules).flatMap(([groupId, revoked]) =>
    permissionArguments(revoked).map((rest) => command(`authorize-security-group-${direction}`, region, groupId, rest)),
  );
  return commands.length === 0 ? nothing(UNTOLD) : { summary: 'Authorize again what was revoked.', commands };
}

function revokeAgain(rules: readonly ChangedRule[], direction: Direction, region: string): Remedy {
  const commands = byGroup(rules).flatMap(([groupId, authorized]) => {
    const ids = authorized.flatMap(({ id }) => id ?? []);
    const unnamed = authorized.filter(({ id }) => id === null);
    const rest = [...(ids.length > 0 ? idArguments(ids) : []), ...(unnamed.length > 0 ? permissionArguments(unnamed) : [])];
    return rest.map((each) => command(`revoke-security-group-${direction}`, region, groupId, each));
  });
  return commands.length === 0 ? nothing(UNTOLD) : { summary: 'Revoke what was authorized.', commands };
}

/**
 * What the newest earlier change made of a thing, as `made` reads it. CloudTrail counts in seconds: where two changes of the same second made
 * something of it, or one of the second of the change itself, nobody knows which came first.
 */
function madeBefore<T>(change: Change, earlier: readonly Change[], made: (each: Change) => T | undefined): T | undefined {
  const timeOf = ({ at }: Change) => Date.parse(at);
  const known = earlier.flatMap((each) => {
    const found = each.id === change.id || timeOf(each) > timeOf(change) ? undefined : made(each);
    return found === undefined ? [] : [{ at: timeOf(each), found }];
  });
  const newest = Math.max(...known.map(({ at }) => at));
  const [last, ...more] = known.filter(({ at }) => at === newest);
  return last && more.length === 0 && last.at < timeOf(change) ? last.found : undefined;
}

function restore(change: Change, rules: readonly ChangedRule[], region: string, earlier: readonly Change[]): Remedy {
  const ruleIn = (id: string | null) => (each: Change) =>
    each.what.kind === 'rules-authorized' || each.what.kind === 'rules-modified'
      ? each.what.rules.find((rule) => id !== null && rule.id === id)
      : undefined;
  const old = rules.flatMap(({ id }) => madeBefore(change, earlier, ruleIn(id)) ?? []);
  const lost = rules.filter(({ id }) => !old.some((rule) => rule.id === id)).map(({ id }) => id ?? 'a rule');
  const commands = byGroup(old).flatMap(([groupId, those]) =>
    updateArguments(those).map((rest) => command('modify-security-group-rules', region, groupId, rest)),
  );
  if (rules.length === 0) return nothing(UNTOLD);
  const unknown = `What ${lost.join(', ')} said before is not known: CloudTrail records only the new values. Take the old ones from the call that made the rule, or from your templates.`;
  if (lost.length === 0) return { summary: 'Give the modified rules back what they said before.', commands };
  return { summary: old.length > 0 ? `Give back what is known. ${unknown}` : unknown, commands };
}

function associate(verb: 'associate' | 'disassociate', groupIds: readonly string[], vpcId: string | null, region: string): Remedy {
  if (vpcId === null || groupIds.length === 0)
    return nothing('The record of this call does not say which group and VPC; look it up in CloudTrail.');
  const rest = `--vpc-id ${shellWord(vpcId)}`;
  const summary = verb === 'associate' ? 'Associate the group with the VPC again.' : 'Disassociate the group from the VPC.';
  return { summary, commands: groupIds.map((groupId) => command(`${verb}-security-group-vpc`, region, groupId, rest)) };
}

function regroup(change: Change, region: string, earlier: readonly Change[]): Remedy {
  const [id] = change.interfaceIds;
  const old = madeBefore(change, earlier, ({ interfaceIds, what }) =>
    what.kind === 'interface-groups' && interfaceIds[0] === id ? what.groupIds : undefined,
  );
  if (id === undefined || old === undefined) {
    return nothing(
      'Which groups the interface had before is not known: CloudTrail records only the new ones. If it is a pod’s, delete the pod: its successor gets the groups that its SecurityGroupPolicy says.',
    );
  }
  const groups = old.map(shellWord).join(' ');
  const set = `aws ec2 modify-network-interface-attribute --region ${shellWord(region)} --network-interface-id ${shellWord(id)} --groups ${groups}`;
  return { summary: 'Give the interface back the groups that it had.', commands: [set] };
}

function reconfigure(change: Change, region: string, earlier: readonly Change[]): Remedy {
  const { cluster } = change;
  if (change.call === 'DeleteAddon') {
    return nothing('An add-on that was deleted must be created again: take its version and its configuration from your templates.');
  }
  if (change.what.kind === 'addon' && change.what.configurationValues === null) {
    return nothing(
      `${change.call} does not say a configuration: it is the version or the role of the add-on that it changed. Take the old ones from your templates.`,
    );
  }
  const old = madeBefore(change, earlier, ({ cluster: of, what }) => (of === cluster && what.kind === 'addon' ? what : undefined));
  const values = old?.configurationValues ?? null;
  if (cluster === null || values === null) {
    return nothing(
      'How the add-on was configured before is not known: CloudTrail records only the new values. Take the old ones from your templates.',
    );
  }
  const name = `--cluster-name ${shellWord(cluster)} --addon-name vpc-cni`;
  const set = `aws eks update-addon --region ${shellWord(region)} ${name} --configuration-values ${shellWord(values)}`;
  return { summary: 'Give the add-on back the configuration that it had.', commands: [set] };
}
