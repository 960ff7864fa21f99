// The kinds of stack that there are, and how tests read a packaged template.
import { type PackagedStack, packagedStack, type Resource, type Template } from '../../scripts/build/stack.ts';
import type { CleanupMode } from '../../shared/settings/settings.ts';

/** The stack in a mode: what the template holds depends on it. */
export const packageMode = (mode: CleanupMode): Promise<PackagedStack> => packageKind({ mode, slack: false });

/** What decides, when packaging, what a template holds. */
export interface Kind {
  mode: CleanupMode;
  slack: boolean;
}

export const SLACK_SECRET_ARN = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:sgp-warden/slack-AbCdEf';
export const SLACK_PARAMS = [`--param=SLACK_SECRET_ARN=${SLACK_SECRET_ARN}`, '--param=SLACK_APPROVERS=U0123456789,W0123456789'];

export const packageKind = ({ mode, slack }: Kind): Promise<PackagedStack> =>
  packagedStack(`--param=CLEANUP_MODE=${mode}`, ...(slack ? SLACK_PARAMS : []));

/** The functions that a stack has. */
export const functionsOf = ({ mode, slack }: Kind): readonly string[] =>
  ['audit', 'cleanup', 'onClusterEvent', 'onSchedule', 'onSecurityGroupEvent', 'onSlackAction'].filter(
    (name) => (mode !== 'report' || name !== 'cleanup') && (slack || name !== 'onSlackAction'),
  );

/** The resources of a type, by their logical ids. */
export const resourcesOf = ({ Resources }: Template, type: string): readonly (readonly [id: string, Resource])[] =>
  Object.entries(Resources).filter(([, { Type }]) => Type === type);

/** A resource's properties, by its logical id. */
export function propertiesOf({ Resources }: Template, id: string): Resource['Properties'] {
  const resource = Resources[id];
  if (!resource) throw new Error(`the template has no resource ${id}`);
  return resource.Properties;
}

/** osls's logical id of a function. */
export const functionId = (name: string): string => `${name[0]?.toUpperCase()}${name.slice(1)}LambdaFunction`;

export const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
export const ref = (id: string) => ({ Ref: id });

// What CloudFormation would put for a reference to a resource.
const REFERENCES: Readonly<Record<string, (id: string) => string>> = {
  'AWS::SQS::Queue': (id) => `https://sqs.eu-west-1.amazonaws.com/123456789012/${id}`,
  'AWS::SNS::Topic': (id) => `arn:aws:sns:eu-west-1:123456789012:${id}`,
  'AWS::DynamoDB::Table': (id) => id,
};

/** The environment that Lambda starts a function of the stack with. */
export function environmentOf(template: Template, name: string): Record<string, string> {
  const { Environment } = propertiesOf(template, functionId(name)) as { Environment: { Variables: Record<string, unknown> } };
  const stated = Object.entries(Environment.Variables).map(([variable, value]) => [variable, resolved(template, value)]);
  return { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret', ...Object.fromEntries(stated) };
}

/** A template's value, for the three functions that environments are made of; optional resources are there. */
function resolved(template: Template, value: unknown): string {
  if (typeof value === 'string') return value;
  const { Ref, 'Fn::Join': join, 'Fn::If': choice } = value as { Ref?: string; 'Fn::Join'?: [string, unknown]; 'Fn::If'?: unknown[] };
  if (join) return resolved(template, join[1]);
  if (choice) return resolved(template, choice[1]);
  const id = Ref ?? '';
  const given = template.Parameters[id]?.Default ?? REFERENCES[template.Resources[id]?.Type ?? '']?.(id);
  if (given === undefined) throw new Error(`test/contracts/packaged-stack.ts does not know what ${JSON.stringify(value)} becomes`);
  return given;
}
