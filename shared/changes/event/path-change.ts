// Calls that may change what pods can reach, as CloudTrail records them and EventBridge delivers them: best-effort, often twice, in any order.
import * as v from 'valibot';
import type { Target } from '../../domain/finding.ts';
import { isGroupId, isInterfaceId } from '../../domain/tags.ts';
import type { Change, ChangedThing } from '../change.ts';
import { actorOf } from './actor.ts';
import { answeredRules, askedRules, modifiedRules, withOwners } from './changed-rules.ts';
import { type Fields, groupIdsIn, isFields, listed, textIn, within } from './record-fields.ts';

const EC2_CALLS = [
  'AuthorizeSecurityGroupIngress',
  'AuthorizeSecurityGroupEgress',
  'RevokeSecurityGroupIngress',
  'RevokeSecurityGroupEgress',
  'ModifySecurityGroupRules',
  'DeleteSecurityGroup',
  'AssociateSecurityGroupVpc',
  'DisassociateSecurityGroupVpc',
  'ModifyNetworkInterfaceAttribute',
] as const;
const EKS_CALLS = ['CreateAddon', 'UpdateAddon', 'DeleteAddon'] as const;

/** The pattern of the EventBridge rule. Descriptions change no path, and a new group has no pods yet: nobody is woken for those. */
export const pattern = {
  source: ['aws.ec2', 'aws.eks'],
  'detail-type': ['AWS API Call via CloudTrail'],
  detail: {
    eventSource: ['ec2.amazonaws.com', 'eks.amazonaws.com'],
    eventName: [...EC2_CALLS, ...EKS_CALLS],
    errorCode: [{ exists: false }],
  },
} as const;

const text = v.pipe(v.string(), v.nonEmpty());
const time = v.pipe(
  v.string(),
  v.check((value) => Number.isFinite(Date.parse(value)), 'is no time'),
);

const EVENT = v.looseObject({
  account: v.pipe(v.string(), v.regex(/^\d{12}$/, 'is no account id')),
  region: text,
  detail: v.looseObject({
    eventSource: v.picklist(['ec2.amazonaws.com', 'eks.amazonaws.com']),
    eventName: text,
    eventTime: time,
    eventID: text,
  }),
});

/** What an event tells: a change; that nothing changed that a path depends on (`not-a-change`); or nothing that anybody understands. */
export type ParsedChange =
  | { outcome: 'change'; target: Target; change: Change }
  | { outcome: 'not-a-change'; says: string }
  | { outcome: 'malformed'; says: string };

/** The change that an EventBridge event tells of. Strict about where and when it was; what exactly was changed may be left open. */
export function parsePathChange(event: unknown): ParsedChange {
  const parsed = v.safeParse(EVENT, event);
  if (!parsed.success) {
    const problems = parsed.issues.map((issue) => `${v.getDotPath(issue) ?? 'the event'}: ${issue.message}`);
    return { outcome: 'malformed', says: `not a CloudTrail event of EC2 or EKS: ${problems.join('; ')}` };
  }
  const { account, region, detail } = parsed.output;
  const { eventName, eventID, eventTime } = detail;
  const failure = textIn(detail, 'errorCode');
  if (failure !== null) return { outcome: 'not-a-change', says: `${eventName} changed nothing: ${failure}` };
  if (isRefused(detail.responseElements)) return { outcome: 'not-a-change', says: `${eventName} changed nothing: it answered false` };
  const found = readCall(eventName, within(detail, 'requestParameters'), detail.responseElements);
  if (typeof found === 'string') return { outcome: 'not-a-change', says: `${eventName} changes no path: ${found}` };
  if (!found) return { outcome: 'malformed', says: `${eventName} is no call that this program knows` };
  const base = { id: eventID, at: new Date(eventTime).toISOString(), call: eventName, actor: actorOf(detail) };
  return { outcome: 'change', target: { accountId: account, region }, change: { ...base, ...found } };
}

/** EC2 answers some calls `false` instead of failing; newer calls are recorded with their answer under its own name. */
function isRefused(response: unknown): boolean {
  const fields = within(response);
  const inner = Object.values(fields).filter(isFields);
  return [fields, ...inner].some((each) => [each._return, each.return].some((value) => value === false || value === 'false'));
}

type Found = Pick<Change, 'groupIds' | 'interfaceIds' | 'cluster' | 'what'>;

/** What a call changed; why it changes no path, as a text; undefined: it is none that is known. */
function readCall(call: string, request: Fields, response: unknown): Found | string | undefined {
  if (call === 'CreateSecurityGroup') return 'nothing has a new group yet';
  if (call.startsWith('UpdateSecurityGroupRuleDescriptions')) return 'descriptions decide nothing';
  if (EKS_CALLS.some((each) => each === call)) return addonChange(request);
  if (!EC2_CALLS.some((each) => each === call)) return undefined;
  if (call === 'ModifyNetworkInterfaceAttribute') return interfaceChange(request);
  // Newer calls are recorded with their request under its own name.
  const own = within(request, `${call}Request`);
  const asked = Object.keys(own).length > 0 ? own : request;
  const groupIds = changedGroups(asked, response);
  if (call.startsWith('Revoke') && foundNothing(response)) return 'none of the rules that it names was there';
  return { groupIds, interfaceIds: [], cluster: null, what: thingOf(call, asked, response, groupIds[0] ?? '') };
}

/** In a default VPC revoking a rule that is not there is no failure: the answer lists it as unknown. */
function foundNothing(response: unknown): boolean {
  const answer = within(response);
  const isTold = Object.hasOwn(answer, 'revokedSecurityGroupRuleSet');
  return isTold && listed(answer.revokedSecurityGroupRuleSet).length === 0 && listed(answer.unknownIpPermissionSet).length > 0;
}

/** By the exact places; a call by name has its groups in the answer. Else every group that is named anywhere: rather too many than none. */
function changedGroups(asked: Fields, response: unknown): string[] {
  const stated = textIn(asked, 'groupId', 'GroupId');
  if (stated !== null && isGroupId(stated)) return [stated];
  const { securityGroupRuleSet, revokedSecurityGroupRuleSet } = within(response);
  const answered = [securityGroupRuleSet, revokedSecurityGroupRuleSet].flatMap(listed).flatMap((rule) => textIn(rule, 'groupId') ?? []);
  return answered.length > 0 ? groupIdsIn(answered) : groupIdsIn([asked, response]);
}

function thingOf(call: string, asked: Fields, response: unknown, groupId: string): ChangedThing {
  const vpcId = textIn(asked, 'vpcId', 'VpcId');
  if (call === 'DeleteSecurityGroup') return { kind: 'group-deleted' };
  if (call === 'AssociateSecurityGroupVpc') return { kind: 'vpc-associated', vpcId };
  if (call === 'DisassociateSecurityGroupVpc') return { kind: 'vpc-disassociated', vpcId };
  if (call === 'ModifySecurityGroupRules') return { kind: 'rules-modified', rules: modifiedRules(asked, groupId) };
  const isEgress = call.endsWith('Egress');
  const isRevoked = call.startsWith('Revoke');
  const answered = answeredRules(response, isRevoked ? 'revokedSecurityGroupRuleSet' : 'securityGroupRuleSet', { groupId, isEgress });
  const requested = askedRules(asked, { groupId, isEgress });
  // Which of those that were asked for were there, an answer that lists unknown ones does not say: authorizing all would open more than before.
  const isMixed = listed(within(response).unknownIpPermissionSet).length > 0;
  const rules = answered.length > 0 ? withOwners(answered, requested) : isMixed ? [] : requested;
  return { kind: isRevoked ? 'rules-revoked' : 'rules-authorized', isEgress, rules };
}

/** The groups of an interface; its other attributes decide nothing. */
function interfaceChange(request: Fields): Found | string {
  const groupIds = groupIdsIn(request.groupSet ?? request.securityGroupId);
  if (groupIds.length === 0) return 'the groups of the interface stay as they are';
  const id = textIn(request, 'networkInterfaceId');
  const interfaceIds = id !== null && isInterfaceId(id) ? [id] : [];
  return { groupIds: [], interfaceIds, cluster: null, what: { kind: 'interface-groups', groupIds } };
}

function addonChange(request: Fields): Found | string {
  const addon = textIn(request, 'addonName');
  if (addon !== 'vpc-cni') return `the add-on ${addon ?? 'without a name'} does not enforce security groups`;
  const cluster = textIn(request, 'name', 'clusterName');
  const configurationValues = textIn(request, 'configurationValues');
  return { groupIds: [], interfaceIds: [], cluster, what: { kind: 'addon', addon, configurationValues } };
}
