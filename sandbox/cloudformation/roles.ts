// What a role allows, of what the sandbox can tell: actions, resources, and the conditions that the stack's policies state.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
import type { Sandbox, SandboxCall } from '../index.ts';
import { permissionsOf } from '../lambda/permissions.ts';
import { isFields, type Json, type Properties, unknown } from './template.ts';

type Statement = { readonly [key: string]: Json };

const listOf = (value: Json | undefined): readonly Json[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

/** The statements of a policy document. */
export function statementsIn(document: Json | undefined): readonly Statement[] {
  const statements = isFields(document) ? listOf(document.Statement) : [];
  return statements.filter(isFields).map((statement) => (statement.Effect === 'Allow' ? statement : unknown('a statement that denies')));
}

/** The statements that a role comes with. */
export const inlineStatements = ({ Policies }: Properties): readonly Statement[] =>
  listOf(Policies).flatMap((policy) => statementsIn(isFields(policy) ? policy.PolicyDocument : undefined));

/** Whether a role's statements allow all that a call needs. */
export function allows(statements: readonly Statement[], call: SandboxCall, sandbox: Sandbox): boolean {
  const resources = resourcesOf(call, sandbox);
  return permissionsOf(call).every((action) =>
    statements.some(
      (statement) =>
        listOf(statement.Action).some((each) => matches(String(each), action)) &&
        // Which key a service used for its caller, the sandbox does not tell.
        (action.startsWith('kms:') || allResources(statement, resources)) &&
        conditionsHold(statement.Condition, call, sandbox),
    ),
  );
}

const allResources = ({ Resource }: Statement, resources: readonly string[]): boolean =>
  resources.every((resource) => listOf(Resource).some((each) => matches(String(each), resource)));

function matches(pattern: string, text: string): boolean {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${escaped}$`, 'i').test(text);
}

/** The ARNs that a call is about; `*` where IAM knows none for it. */
function resourcesOf({ service, action, region, params }: SandboxCall, { accountId }: Sandbox): readonly string[] {
  const given = params as Readonly<Record<string, unknown>>;
  const arn = (of: string, rest: string) => `arn:aws:${of}:${region}:${accountId}:${rest}`;
  const last = (value: unknown) => String(value).split('/').at(-1);
  switch (service) {
    case 'sqs':
      return [arn('sqs', String(last(given.QueueUrl)))];
    case 'sns':
      return [String(given.TopicArn)];
    case 'dynamodb':
      return [arn('dynamodb', `table/${last(given.TableName)}`)];
    case 'secretsmanager':
      return [String(given.SecretId)];
    case 'eks': {
      const cluster = String(given.name ?? given.clusterName);
      return [action === 'DescribeAddon' ? arn('eks', `addon/${cluster}/${given.addonName}/id`) : arn('eks', `cluster/${cluster}`)];
    }
    case 'ec2':
      if (action === 'DeleteNetworkInterface') return [arn('ec2', `network-interface/${given.NetworkInterfaceId}`)];
      return [action === 'GetManagedPrefixListEntries' ? arn('ec2', `prefix-list/${given.PrefixListId}`) : '*'];
    default:
      return ['*'];
  }
}

function conditionsHold(condition: Json | undefined, call: SandboxCall, sandbox: Sandbox): boolean {
  if (condition === undefined) return true;
  if (!isFields(condition)) return unknown(`the condition ${JSON.stringify(condition)}`);
  return Object.entries(condition).every(([operator, keys]) => {
    if (operator !== 'StringEquals' || !isFields(keys)) return unknown(`the condition operator ${operator}`);
    return Object.entries(keys).every(([key, wanted]) =>
      listOf(wanted)
        .flatMap(listsIn)
        .includes(keyValue(key, call, sandbox)),
    );
  });
}

// A CommaDelimitedList that a condition refers to is a list of values.
const listsIn = (value: Json): string[] => listOf(value).map(String);

const RESOURCE_TAG = 'aws:ResourceTag/';

function keyValue(key: string, { region, params }: SandboxCall, sandbox: Sandbox): string {
  const given = params as Readonly<Record<string, unknown>>;
  if (key === 'aws:RequestedRegion') return region;
  if (key === 'cloudwatch:namespace') return String(given.Namespace);
  if (key.startsWith(RESOURCE_TAG)) {
    const eni = sandbox.world(region).state.interfaces.get(String(given.NetworkInterfaceId));
    return eni?.tags[key.slice(RESOURCE_TAG.length)] ?? '';
  }
  // Said of the key and of the service that uses it for its caller.
  if (key === 'kms:ViaService' || key.startsWith('kms:EncryptionContext:')) return '';
  return unknown(`the condition key ${key}`);
}
