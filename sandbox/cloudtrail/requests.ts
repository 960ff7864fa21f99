// `requestParameters` of the calls that change what pods can reach. Where no sample of a record was found it says so.
import { isFields, type Param, type Params } from '../http/param.ts';
import { structures, texts } from '../query/params.ts';

type Fields = Record<string, unknown>;

/** The shape of calls of which no record was seen: EC2's newer calls wrap their request in its own name. */
export type UnseenShape = 'wrapped' | 'flat';

/** Lists are `{ items: […] }`, and `{}` when they are empty. */
export const items = (list: readonly unknown[]): Fields => (list.length > 0 ? { items: list } : {});

const lowerFirst = (name: string): string => `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
const NUMBERS = ['FromPort', 'ToPort'];
const plain = (name: string, value: Param): unknown => (NUMBERS.includes(name) ? Number(value) : value);

/** The single values among the parameters, under their small names. */
const flat = (params: Params): Fields =>
  Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) => (typeof value === 'object' ? [] : [[lowerFirst(name), plain(name, value)]])),
  );

const permission = (given: Params): Fields => ({
  ...flat(given),
  groups: items(structures(given, 'Groups').map(flat)),
  ipRanges: items(structures(given, 'IpRanges').map(flat)),
  ipv6Ranges: items(structures(given, 'Ipv6Ranges').map(flat)),
  prefixListIds: items(structures(given, 'PrefixListIds').map(flat)),
});

function rules({ DryRun: _, ...params }: Params): Fields {
  // How ids are listed is a guess.
  const ids = texts(params, 'SecurityGroupRuleId').map((securityGroupRuleId) => ({ securityGroupRuleId }));
  return {
    ...flat(params),
    ipPermissions: items(structures(params, 'IpPermissions').map(permission)),
    ...(ids.length > 0 ? { securityGroupRuleIds: items(ids) } : {}),
  };
}

/** As EC2's newer calls are recorded: the API's names, and a list as one object or many, each with its number as `tag`. */
function tagged(name: string, value: Param): unknown {
  if (Array.isArray(value)) {
    const listed = value.map((each: Param, index) =>
      isFields(each) ? { ...taggedFields(each), tag: index + 1 } : { tag: index + 1, content: each },
    );
    return listed.length === 1 ? listed[0] : listed;
  }
  return isFields(value) ? taggedFields(value) : plain(name, value);
}

const taggedFields = (params: Params): Fields =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, tagged(name, value)]));

const wrapped =
  (action: string) =>
  ({ DryRun: _, ...params }: Params): Fields => ({ [`${action}Request`]: taggedFields(params) });

const simple = ({ DryRun: _, ...params }: Params): Fields => flat(params);

const DESCRIPTIONS = ['UpdateSecurityGroupRuleDescriptionsIngress', 'UpdateSecurityGroupRuleDescriptionsEgress'];
const UNSEEN: Readonly<Record<string, (params: Params) => Fields>> = {
  ...Object.fromEntries(DESCRIPTIONS.map((action) => [action, rules])),
  AssociateSecurityGroupVpc: simple,
  DisassociateSecurityGroupVpc: simple,
};

const SEEN: Readonly<Record<string, (params: Params) => Fields>> = {
  AuthorizeSecurityGroupEgress: rules,
  AuthorizeSecurityGroupIngress: rules,
  RevokeSecurityGroupEgress: rules,
  RevokeSecurityGroupIngress: rules,
  ModifySecurityGroupRules: wrapped('ModifySecurityGroupRules'),
  CreateSecurityGroup: simple,
  DeleteSecurityGroup: simple,
  DeleteNetworkInterface: simple,
  ModifyNetworkInterfaceAttribute: (params) => ({
    networkInterfaceId: params.NetworkInterfaceId,
    ...(params.SecurityGroupId === undefined ? {} : { groupSet: items(texts(params, 'SecurityGroupId').map((groupId) => ({ groupId }))) }),
    ...(isFields(params.Description) ? { description: params.Description.Value } : {}),
  }),
};

/** What CloudTrail tells of a request to EC2; throws for a call that it has no shape for. */
export function ec2Request(action: string, params: Params, unseen: UnseenShape): Fields {
  const shape = SEEN[action] ?? (unseen === 'wrapped' && action in UNSEEN ? wrapped(action) : UNSEEN[action]);
  if (!shape) throw new Error(`The sandbox's CloudTrail has no record of ${action}. It has: ${RECORDED.join(', ')}.`);
  return shape(params);
}

/** Whether such a call is recorded in its wrapped form. */
export const isWrapped = (action: string, unseen: UnseenShape): boolean =>
  action === 'ModifySecurityGroupRules' || (unseen === 'wrapped' && action in UNSEEN);

export const RECORDED = [...Object.keys(SEEN), ...Object.keys(UNSEEN)].sort();
