import { isFields, type Json, unknown } from './template.ts';

/** What a template may refer to. */
export interface Scope {
  /** A parameter's value, a pseudo parameter's, or what Ref gives of a resource. */
  ref(name: string): Json;
  attribute(resource: string, name: string): Json;
  condition(name: string): boolean;
}

const NO_VALUE = Symbol('AWS::NoValue');
type Resolved = Json | typeof NO_VALUE;

/** A value with its intrinsic functions carried out; undefined for AWS::NoValue. Throws for one that it does not know. */
export function resolve(value: Json, scope: Scope): Json | undefined {
  const resolved = evaluated(value, scope);
  return resolved === NO_VALUE ? undefined : resolved;
}

function evaluated(value: Json, scope: Scope): Resolved {
  if (Array.isArray(value)) return value.map((each) => evaluated(each, scope)).filter((each) => each !== NO_VALUE);
  if (!isFields(value)) return value;
  const [name, ...more] = Object.keys(value);
  if (name !== undefined && more.length === 0 && (name === 'Ref' || name === 'Condition' || name.startsWith('Fn::'))) {
    return intrinsic(name, value[name] ?? null, scope);
  }
  const entries = Object.entries(value).map(([key, each]) => [key, evaluated(each, scope)] as const);
  return Object.fromEntries(entries.filter(([, each]) => each !== NO_VALUE)) as Json;
}

function intrinsic(name: string, given: Json, scope: Scope): Resolved {
  const list = (): readonly Json[] => (Array.isArray(given) ? given : unknown(`${name} of ${JSON.stringify(given)}`));
  const part = (index: number): Json => resolve(list()[index] ?? null, scope) ?? null;
  switch (name) {
    case 'Ref':
      return given === 'AWS::NoValue' ? NO_VALUE : scope.ref(String(given));
    case 'Fn::GetAtt':
      return scope.attribute(String(list()[0]), String(list()[1]));
    case 'Fn::Join':
      return (part(1) as readonly Json[]).map(String).join(String(part(0)));
    case 'Fn::Sub':
      return substituted(given, scope);
    case 'Fn::If':
      return evaluated(list()[scope.condition(String(list()[0])) ? 1 : 2] ?? null, scope);
    case 'Fn::Equals':
      return JSON.stringify(part(0)) === JSON.stringify(part(1));
    case 'Fn::Not':
      return part(0) !== true;
    case 'Fn::And':
      return list().every((_, index) => part(index) === true);
    case 'Fn::Or':
      return list().some((_, index) => part(index) === true);
    case 'Condition':
      return scope.condition(String(given));
    default:
      return unknown(`the function ${name}`);
  }
}

function substituted(given: Json, scope: Scope): string {
  const [text, variables] = Array.isArray(given) ? [String(given[0]), given[1]] : [String(given), {}];
  return text.replace(/\$\{([^}!]+)\}/g, (_, name: string) => {
    const own = isFields(variables) ? variables[name] : undefined;
    if (own !== undefined) return String(resolve(own, scope));
    const [resource = '', attribute] = name.split('.');
    return String(attribute === undefined ? scope.ref(name) : scope.attribute(resource, attribute));
  });
}
