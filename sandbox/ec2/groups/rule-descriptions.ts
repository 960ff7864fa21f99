import { awsError } from '../../aws-error.ts';
import type { Params } from '../../http/param.ts';
import { required, structures, text } from '../../query/params.ts';
import type { SecurityGroupRule } from '../../world/state.ts';
import type { Ec2Action } from '../action.ts';
import { found, SECURITY_GROUP_RULE } from '../kinds.ts';
import { changedGroup } from './changed-group.ts';
import { askedRules } from './permissions.ts';
import { isSameRule, storedDescription } from './rule-values.ts';

type Change = readonly [rule: SecurityGroupRule, said: Pick<SecurityGroupRule, 'description'>];

/** A description that is left out is taken away. */
const update = (isEgress: boolean): Ec2Action => ({
  mutating: true,
  parameters: ['GroupId', 'GroupName', 'IpPermissions', 'SecurityGroupRuleDescription'],
  run: (params, context) => {
    const rules = changedGroup(params, context).rules.filter((rule) => rule.isEgress === isEgress);
    const changes = [...byPermission(params, rules), ...byId(params, rules)];
    if (changes.length === 0)
      throw awsError('MissingParameter', 'The request must contain ipPermissions or securityGroupRuleDescriptions.');
    for (const [rule, said] of changes) {
      delete rule.description;
      Object.assign(rule, said);
    }
    return { return: true };
  },
});

const byPermission = (params: Params, rules: readonly SecurityGroupRule[]): Change[] =>
  askedRules(params).map((asked) => {
    const rule = rules.find((each) => isSameRule(each, asked));
    if (!rule) throw awsError('InvalidPermission.NotFound', 'The specified rule does not exist in this security group');
    return [rule, asked.description === undefined ? {} : { description: asked.description }];
  });

function byId(params: Params, rules: readonly SecurityGroupRule[]): Change[] {
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  return structures(params, 'SecurityGroupRuleDescription').map((each) => [
    found(SECURITY_GROUP_RULE, required(each, 'SecurityGroupRuleId'), known),
    storedDescription(text(each, 'Description')),
  ]);
}

export const updateSecurityGroupRuleDescriptionsIngress = update(false);
export const updateSecurityGroupRuleDescriptionsEgress = update(true);
