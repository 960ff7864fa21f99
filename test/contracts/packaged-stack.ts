// What `npm run deploy` would send to CloudFormation: built and packaged in a folder of its own, with nothing of the caller's environment.
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { bundlesOfThisProcess } from '../../sandbox/demo/bundles.ts';
import type { BuiltFunction } from '../../scripts/build/functions.ts';
import type { CleanupMode } from '../../shared/runtime/settings.ts';
import { ROOT } from './source-files.ts';

export interface Resource {
  Type: string;
  Condition?: string;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
  Properties: Readonly<Record<string, unknown>>;
}

export interface Parameter {
  Type: string;
  Default: string;
  MinValue?: number;
  MaxValue?: number;
  AllowedPattern?: string;
  AllowedValues?: readonly string[];
}

export interface Template {
  Parameters: Readonly<Record<string, Parameter>>;
  Resources: Readonly<Record<string, Resource>>;
  Outputs: Readonly<Record<string, unknown>>;
}

export interface PackagedStack {
  /** The compiled template as a file, and parsed. */
  path: string;
  text: string;
  template: Template;
  functions: readonly BuiltFunction[];
  remove: () => Promise<void>;
}

const OSLS = 'node_modules/osls/bin/serverless.js';

/** Builds the functions and packages the stack; throws what osls says when it refuses. */
export async function packageStack(...args: readonly string[]): Promise<PackagedStack> {
  const directory = await mkdtemp(join(tmpdir(), 'sgp-warden-stack-'));
  const remove = () => rm(directory, { recursive: true });
  try {
    return { ...(await packaged(directory, args)), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

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
  packageStack(`--param=CLEANUP_MODE=${mode}`, ...(slack ? SLACK_PARAMS : []));

/** The functions that a stack has. */
export const functionsOf = ({ mode, slack }: Kind): readonly string[] =>
  ['audit', 'cleanup', 'onClusterEvent', 'onSchedule', 'onSecurityGroupEvent', 'onSlackAction'].filter(
    (name) => (mode !== 'report' || name !== 'cleanup') && (slack || name !== 'onSlackAction'),
  );

async function packaged(directory: string, args: readonly string[]): Promise<Omit<PackagedStack, 'remove'>> {
  await Promise.all(
    ['serverless.yml', 'infra', 'package.json'].map((each) => cp(join(ROOT, each), join(directory, each), { recursive: true })),
  );
  // Built once however many stacks are packaged: what differs between them is the template.
  const functions = await bundlesOfThisProcess();
  await mkdir(join(directory, 'dist/functions'), { recursive: true });
  await Promise.all(functions.map(({ artifact }) => cp(artifact, join(directory, 'dist/functions', basename(artifact)))));
  // No credentials, no profile, no region.
  const env = { PATH: process.env.PATH ?? '', HOME: directory };
  await promisify(execFile)(process.execPath, [join(ROOT, OSLS), 'package', ...args], { cwd: directory, env });
  const path = join(directory, '.serverless/cloudformation-template-update-stack.json');
  const text = await readFile(path, 'utf8');
  return { path, text, template: JSON.parse(text) as Template, functions };
}

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
