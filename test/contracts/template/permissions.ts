import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from '@jest/globals';
import type { PackagedStack, Template } from '../../../scripts/build/stack.ts';
import { METRIC_NAMESPACE } from '../../../shared/domain/log.ts';
import { functionsOf, type Kind, propertiesOf, ref, resourcesOf } from '../packaged-stack.ts';
import { ROOT } from '../source-files.ts';

export interface Statement {
  Effect: string;
  Action: string | readonly string[];
  Resource: unknown;
  Condition?: unknown;
}

const LOGS = ['logs:CreateLogStream', 'logs:PutLogEvents'];
const CONSUME = ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'];
// What Lambda does in a function's name, and what SNS asks of whoever publishes to an encrypted topic.
const BY_OTHERS: Readonly<Record<string, readonly string[]>> = {
  onClusterEvent: [...LOGS, 'sqs:SendMessage'],
  onSecurityGroupEvent: [...LOGS, 'sqs:SendMessage'],
  onSchedule: [...LOGS, 'sqs:SendMessage'],
  audit: [...LOGS, ...CONSUME, 'kms:Decrypt', 'kms:GenerateDataKey'],
  cleanup: [...LOGS, ...CONSUME],
  // A secret may have a key of its owner's. The exact statements: template/slack.ts.
  onSlackAction: [...LOGS, 'kms:Decrypt'],
};
/** What a function's code could do, and its role does not allow. */
function withheldFrom(name: string, { mode, slack }: Kind): readonly string[] {
  // What the internet reaches deletes nothing, not even a record: the ledger's code could.
  if (name === 'onSlackAction') return ['dynamodb:DeleteItem'];
  if (name !== 'audit') return [];
  // There is nobody to ask for a cleanup in report mode, and without Slack no secret.
  return [...(mode === 'report' ? ['sqs:SendMessage'] : []), ...(slack ? [] : ['secretsmanager:GetSecretValue'])];
}

const roleOf = (name: string): string => `${name[0]?.toUpperCase()}${name.slice(1)}Role`;
const list = <T>(one: T | readonly T[]): readonly T[] => (Array.isArray(one) ? one : [one as T]);
export const actionsOf = (statements: readonly Statement[]): string[] => statements.flatMap(({ Action }) => list(Action));

/** Every statement of a role, those of policies beside it included. */
export function statementsOf(template: Template, role: string): readonly Statement[] {
  const { Policies } = propertiesOf(template, role) as { Policies: { PolicyDocument: { Statement: Statement[] } }[] };
  const beside = resourcesOf(template, 'AWS::IAM::RolePolicy')
    .map(([, { Properties }]) => Properties as { RoleName: unknown; PolicyDocument: { Statement: Statement[] } })
    .filter(({ RoleName }) => JSON.stringify(RoleName) === JSON.stringify(ref(role)));
  return [...Policies, ...beside].flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
}

// Calls that are allowed under another name, and one that a client carries for endpoint discovery, which is off.
const ALLOWED_AS: Readonly<Record<string, readonly string[]>> = {
  'sns:PublishBatch': ['sns:Publish'],
  'sqs:SendMessageBatch': ['sqs:SendMessage'],
  'dynamodb:DescribeEndpoints': [],
};

// Clients whose service IAM calls otherwise.
const SERVICES: Readonly<Record<string, string>> = { 'secrets-manager': 'secretsmanager' };

/** Every action that a function's role allows. */
export const roleActions = (template: Template, name: string): string[] =>
  [...new Set(actionsOf(statementsOf(template, roleOf(name))))].sort();

/** The IAM actions of every AWS call that is left in a bundle. */
const callsIn = (inputs: readonly string[]): readonly string[] =>
  inputs.flatMap((path) => {
    const [, client, call] = /@aws-sdk\/client-([^/]+)\/.*\/commands\/(\w+)Command\.js$/.exec(path) ?? [];
    const action = `${SERVICES[client ?? ''] ?? client}:${call}`;
    return client ? (ALLOWED_AS[action] ?? [action]) : [];
  });

/** The IAM actions that the modules in a bundle say they take. */
async function declaredBy(inputs: readonly string[]): Promise<readonly string[]> {
  const modules = inputs.filter((path) => path.startsWith('shared/')).map((path) => pathToFileURL(join(ROOT, path)).href);
  const exported = await Promise.all(modules.map((href) => import(href) as Promise<Record<string, unknown>>));
  // A list of its own, or that of a slice.
  return exported.flatMap((module) =>
    Object.entries(module).flatMap(([name, value]) =>
      name === 'actions' ? textsIn(value) : textsIn(Reflect.get(Object(value), 'actions')),
    ),
  );
}

const textsIn = (value: unknown): string[] => (Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []);

/** What the functions may do. */
export function permissionContract(stack: () => PackagedStack, kind: Kind): void {
  const allStatements = () => resourcesOf(stack().template, 'AWS::IAM::Role').flatMap(([id]) => statementsOf(stack().template, id));

  it.each(functionsOf(kind))('%s may do what the code in its bundle does, and nothing else', async (name) => {
    const inputs = stack().functions.find((each) => each.name === name)?.inputs ?? [];
    const calls = callsIn(inputs);
    expect(calls).not.toEqual([]);
    const needed = new Set([...calls, ...(BY_OTHERS[name] ?? [])]);
    for (const action of withheldFrom(name, kind)) needed.delete(action);
    expect(roleActions(stack().template, name)).toEqual([...needed].sort());
    expect(await declaredBy(inputs)).toEqual(expect.arrayContaining([...calls]));
  });

  it('no role is left unchecked, and none is given a policy from elsewhere', () => {
    expect(
      resourcesOf(stack().template, 'AWS::IAM::Role')
        .map(([id]) => id)
        .sort(),
    ).toEqual(functionsOf(kind).map(roleOf).sort());
    expect(resourcesOf(stack().template, 'AWS::IAM::Policy').concat(resourcesOf(stack().template, 'AWS::IAM::ManagedPolicy'))).toEqual([]);
    for (const [, { Properties }] of resourcesOf(stack().template, 'AWS::IAM::Role')) {
      expect(Object.keys(Properties).sort()).toEqual(['AssumeRolePolicyDocument', 'Policies']);
    }
  });

  it('every action is named in full, and of a service that the functions work with', () => {
    const actions = actionsOf(allStatements());
    expect(actions.filter((action) => !/^[a-z0-9]+:[A-Za-z]+$/.test(action))).toEqual([]);
    const services = ['cloudwatch', 'dynamodb', 'ec2', 'eks', 'kms', 'logs', 'sns', 'sqs', 'sts'];
    const known = [...services, ...(kind.slack ? ['secretsmanager'] : [])].sort();
    expect([...new Set(actions.map((action) => action.split(':')[0]))].sort()).toEqual(known);
  });

  it('every resource is named, but for calls that know none: those keep to the audited regions', () => {
    // Whose key encrypts a secret nobody told us; its condition names the secret.
    const isBySecret = ({ Condition }: Statement) => JSON.stringify(Condition ?? '').includes('kms:EncryptionContext:SecretARN');
    const anywhere = allStatements().filter((statement) => statement.Resource === '*' && !isBySecret(statement));
    expect(
      actionsOf(anywhere).filter((action) => !/^ec2:Describe|^sts:GetCallerIdentity$|^cloudwatch:PutMetricData$/.test(action)),
    ).toEqual([]);
    const reads = allStatements().filter((statement) => actionsOf([statement]).some((action) => /^(?:ec2|eks):Describe/.test(action)));
    expect(reads.length).toBeGreaterThan(0);
    for (const { Condition } of reads) expect(Condition).toEqual({ StringEquals: { 'aws:RequestedRegion': ref('AuditRegions') } });
  });

  it('numbers go to our own namespace only', () => {
    const sends = allStatements().filter((statement) => actionsOf([statement]).includes('cloudwatch:PutMetricData'));
    expect(sends).toHaveLength(1);
    expect(sends[0]?.Condition).toEqual({ StringEquals: { 'cloudwatch:namespace': METRIC_NAMESPACE } });
  });

  it('nothing is denied or allowed by exception', () => {
    for (const statement of allStatements()) {
      expect(statement.Effect).toBe('Allow');
      expect(Object.keys(statement).filter((key) => key.startsWith('Not'))).toEqual([]);
    }
  });
}
