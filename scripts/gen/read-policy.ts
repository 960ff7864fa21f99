// What the auditing role may read, as the statements that infra/iam/audit.yml includes: made of what the slices say that they call.

const ACCOUNT = `\${AWS::AccountId}`;
const arn = (service: string, rest: string): object => ({ 'Fn::Sub': `arn:\${AWS::Partition}:${service}:*:${rest}` });

// What a call can be narrowed to; EC2's Describe calls know no resource.
const RESOURCES: Readonly<Record<string, object>> = {
  // AWS's own lists and those that others share are no account's of ours.
  'ec2:GetManagedPrefixListEntries': arn('ec2', '*:prefix-list/*'),
  'eks:DescribeCluster': arn('eks', `${ACCOUNT}:cluster/*`),
  'eks:ListFargateProfiles': arn('eks', `${ACCOUNT}:cluster/*`),
  'eks:DescribeAddon': arn('eks', `${ACCOUNT}:addon/*/vpc-cni/*`),
};
// Services without regions of their own to be narrowed to.
const GLOBAL = /^(?:sts|iam|organizations):/;
const IN_AUDITED_REGIONS = { StringEquals: { 'aws:RequestedRegion': { Ref: 'AuditRegions' } } };

/** The statements that allow these actions, those alike in one. */
export function readStatements(actions: readonly string[]): readonly object[] {
  const scopeOf = (action: string) => ({
    Resource: RESOURCES[action] ?? '*',
    ...(GLOBAL.test(action) ? {} : { Condition: IN_AUDITED_REGIONS }),
  });
  const groups = Map.groupBy(actions, (action) => JSON.stringify(scopeOf(action)));
  return [...groups].map(([scope, Action]) => ({ Effect: 'Allow', Action, ...(JSON.parse(scope) as object) }));
}

/** infra/iam/read.json. */
export const renderReadPolicy = (actions: readonly string[]): string => `${JSON.stringify(readStatements(actions), undefined, 2)}\n`;
