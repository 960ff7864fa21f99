// A compiled template deployed into the sandbox's region: what is wired there is what is wired in AWS.
import type { Sandbox } from '../index.ts';
import { type FunctionSettings, type Lambda, startLambda } from '../lambda/index.ts';
import { accessKeyIdOf } from '../lambda/variables.ts';
import { matchesPattern, minutesOf } from './events.ts';
import { resolve, type Scope } from './intrinsics.ts';
import { CREATE, IGNORED, type Physical } from './resources.ts';
import { allows, inlineStatements, statementsIn } from './roles.ts';
import { isFields, type Json, type Properties, type Template, unknown } from './template.ts';

export type { Template } from './template.ts';

export interface Deployment {
  template: Template;
  /** By the name of a parameter; the template's defaults where none is given. */
  parameters?: Readonly<Record<string, string>>;
  /** By the name of the function's artifact: the path of its bundle. */
  bundles: Readonly<Record<string, string>>;
  /** What somebody sets on every function besides, as in the console; nothing checks it. */
  environment?: Readonly<Record<string, string>>;
}

export interface DeployedTemplate {
  /** By the name of the artifact, e.g. `audit`. */
  lambda: Lambda;
  /** An event arrives on the default bus: each rule that lets it through hands it to its functions. Gives how many did. */
  putEvent(event: object): Promise<number>;
  /** Every schedule fires for so many minutes, and whatever falls due in between. */
  live(minutes: number): Promise<void>;
  /** The function that has an address of its own, by the name of its artifact. */
  urlFunction: string | undefined;
  /** What Ref gives of a resource: the URL of a queue, the ARN of a topic, the name of a table. */
  ref(resource: string): string;
}

interface Rule {
  pattern: Json | undefined;
  minutes: number | undefined;
  targets: readonly string[];
}

/** Deploys a template. Throws for whatever it does not know: that must not pass for deployed. */
export function deployTemplate(sandbox: Sandbox, deployment: Deployment): DeployedTemplate {
  const { template, parameters = {}, bundles, environment = {} } = deployment;
  const physical = new Map<string, Physical>();
  const scope: Scope = {
    ref: (name) => pseudo(sandbox, name) ?? parameter(template, parameters, name) ?? create(name).ref,
    attribute: (id, name) => create(id).attributes[name] ?? unknown(`the attribute ${name} of ${id}`),
    condition: (name) => resolve(template.Conditions?.[name] ?? unknown(`the condition ${name}`), scope) === true,
  };
  const propertiesOf = (id: string): Properties => (resolve((template.Resources[id]?.Properties ?? {}) as Json, scope) ?? {}) as Properties;
  const create = (id: string): Physical => {
    const known = physical.get(id);
    if (known) return known;
    const { Type } = template.Resources[id] ?? unknown(`a resource or parameter ${id}`);
    const made =
      Type === 'AWS::Lambda::Function'
        ? functionPhysical(sandbox, artifactOf(template, id))
        : IGNORED.has(Type) || CONNECTING.has(Type)
          ? { ref: id, attributes: {} }
          : (CREATE[Type] ?? unknown(`the type ${Type} of ${id}`))(id, propertiesOf(id), sandbox);
    physical.set(id, made);
    return made;
  };
  const wanted = Object.entries(template.Resources).filter(([, { Condition }]) => Condition === undefined || scope.condition(Condition));
  for (const [id] of wanted) create(id);
  const of = (type: string) => wanted.filter(([, { Type }]) => Type === type).map(([id]) => propertiesOf(id));

  const functions = wanted.filter(([, { Type }]) => Type === 'AWS::Lambda::Function').map(([id]) => id);
  const destinations = of('AWS::Lambda::EventInvokeConfig');
  const settings = functions.map((id): [string, FunctionSettings] => {
    const name = artifactOf(template, id);
    return [name, functionSettings(name, propertiesOf(id), { bundles, environment, destinations })];
  });
  const lambda = startLambda({ sandbox, functions: Object.fromEntries(settings) });
  for (const mapping of of('AWS::Lambda::EventSourceMapping')) {
    lambda.pollQueue(lastOf(mapping.EventSourceArn), lastOf(mapping.FunctionName), {
      batchSize: Number(mapping.BatchSize),
      partialResponses: Array.isArray(mapping.FunctionResponseTypes) && mapping.FunctionResponseTypes.includes('ReportBatchItemFailures'),
    });
  }
  const policies = of('AWS::IAM::RolePolicy');
  for (const id of functions) enforceRole(sandbox, artifactOf(template, id), lastOf(propertiesOf(id).Role), propertiesOf, policies);

  const rules = of('AWS::Events::Rule').map(
    ({ EventPattern, ScheduleExpression, Targets }): Rule => ({
      pattern: EventPattern,
      minutes: ScheduleExpression === undefined ? undefined : minutesOf(String(ScheduleExpression)),
      targets: (Array.isArray(Targets) ? Targets : []).map((target: Json) => lastOf(isFields(target) ? target.Arn : undefined)),
    }),
  );
  const hand = async (targets: readonly string[], event: object) => {
    for (const target of targets) await lambda.deliverEvent(target, event);
    await lambda.runUntilIdle();
  };
  const [url] = of('AWS::Lambda::Url');
  return {
    lambda,
    urlFunction: url && lastOf(url.TargetFunctionArn),
    ref: (id) => create(id).ref,
    putEvent: async (event) => {
      const matching = rules.filter(({ pattern }) => pattern !== undefined && matchesPattern(pattern, event));
      for (const { targets } of matching) await hand(targets, event);
      return matching.length;
    },
    live: async (minutes) => {
      const every = Math.min(...rules.flatMap((rule) => rule.minutes ?? []));
      if (!Number.isFinite(every)) unknown('a stack without a schedule that lives');
      for (let passed = 0; passed < minutes; passed += every) {
        await lambda.advance(Math.min(every, minutes - passed));
        for (const rule of rules) if (rule.minutes !== undefined) await hand(rule.targets, {});
      }
    },
  };
}

/** They connect others, and nothing refers to them. */
const CONNECTING: ReadonlySet<string> = new Set([
  'AWS::Events::Rule',
  'AWS::IAM::RolePolicy',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Url',
]);

function pseudo({ accountId, env }: Sandbox, name: string): string | undefined {
  return { 'AWS::Region': env.AWS_REGION, 'AWS::AccountId': accountId, 'AWS::Partition': 'aws', 'AWS::URLSuffix': 'amazonaws.com' }[name];
}

function parameter({ Parameters = {} }: Template, given: Readonly<Record<string, string>>, name: string): Json | undefined {
  const stated = Parameters[name];
  if (!stated) return undefined;
  const value = given[name] ?? stated.Default ?? unknown(`a value of the parameter ${name}`);
  return stated.Type === 'CommaDelimitedList' ? value.split(',').map((each) => each.trim()) : value;
}

const lastOf = (arn: Json | undefined): string => String(arn).split(/[:/]/).at(-1) ?? '';

/** `audit` of `…/audit.zip`. */
function artifactOf({ Resources }: Template, id: string): string {
  const code = Resources[id]?.Properties?.Code;
  const key = isFields(code) ? String(code.S3Key) : '';
  return /([\w-]+)\.zip$/.exec(key)?.[1] ?? unknown(`the artifact of ${id}`);
}

const functionPhysical = ({ accountId, env }: Sandbox, name: string): Physical => ({
  ref: name,
  attributes: { Arn: `arn:aws:lambda:${env.AWS_REGION}:${accountId}:function:${name}` },
});

function functionSettings(
  name: string,
  { Environment, Timeout, MemorySize }: Properties,
  given: { bundles: Deployment['bundles']; environment: Readonly<Record<string, string>>; destinations: readonly Properties[] },
): FunctionSettings {
  const variables = isFields(Environment) && isFields(Environment.Variables) ? Environment.Variables : {};
  const onFailure = given.destinations.find(({ FunctionName }) => lastOf(FunctionName) === name)?.DestinationConfig;
  const destination = isFields(onFailure) && isFields(onFailure.OnFailure) ? onFailure.OnFailure.Destination : undefined;
  return {
    bundle: given.bundles[name] ?? unknown(`the bundle of the function ${name}`),
    env: { ...Object.fromEntries(Object.entries(variables).map(([key, value]) => [key, String(value)])), ...given.environment },
    timeoutSeconds: Number(Timeout ?? 3),
    memorySize: Number(MemorySize ?? 128),
    ...(destination === undefined ? {} : { onFailure: lastOf(destination) }),
  };
}

/** Refuses every call of a function that its role does not allow, as the service itself would. */
function enforceRole(
  sandbox: Sandbox,
  functionName: string,
  role: string,
  propertiesOf: (id: string) => Properties,
  policies: readonly Properties[],
): void {
  const attached = policies.filter(({ RoleName }) => RoleName === role).flatMap(({ PolicyDocument }) => statementsIn(PolicyDocument));
  const statements = [...inlineStatements(propertiesOf(role)), ...attached];
  const key = accessKeyIdOf(functionName);
  sandbox.faults.add({
    when: (call) => call.accessKeyId === key && !allows(statements, call, sandbox),
    effect: { kind: 'deny' },
  });
}
