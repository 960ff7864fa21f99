import { awsError } from '../aws-error.ts';
import { isFields, type Param, type Params } from '../http/param.ts';
import type { AwsRequest } from '../http/service.ts';

type Entry = readonly [path: readonly string[], value: string];

/** The action and the parameters of a Query request: `Filter.1.Value.2=x` is `Filter[0].Value[1]`. */
export function readQuery({ method, query, body }: AwsRequest): { action: string; params: Params } {
  const flat = method === 'GET' ? query : new URLSearchParams(body);
  const action = flat.get('Action');
  if (!action) throw awsError('MissingAction', 'The request must contain the parameter Action.');
  const entries = [...flat].filter(([name]) => name !== 'Action' && name !== 'Version');
  return { action, params: nestFields(entries.map(([name, value]): Entry => [name.split('.'), value])) };
}

function nestFields(entries: readonly Entry[]): Record<string, Param> {
  const groups = Map.groupBy(entries, ([[first]]) => first ?? '');
  return Object.fromEntries([...groups].map(([name, group]) => [name, nest(group.map(([path, value]): Entry => [path.slice(1), value]))]));
}

function nest(entries: readonly Entry[]): Param {
  const [first] = entries;
  if (!first || first[0].length === 0) return first?.[1] ?? '';
  const fields = nestFields(entries);
  const names = Object.keys(fields);
  // Whole-number names come in ascending order out of an object: the order of the list.
  return names.every((name) => /^\d+$/.test(name)) ? Object.values(fields) : fields;
}

/** A text parameter, or undefined when it was not sent. */
export function text(params: Params, name: string): string | undefined {
  const value = params[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw awsError('InvalidParameterValue', `Invalid value for parameter ${name}: one value is expected.`);
  return value;
}

/** A text parameter that must be there. */
export function required(params: Params, name: string): string {
  const value = text(params, name);
  if (!value) {
    throw awsError('MissingParameter', `The request must contain the parameter ${name.charAt(0).toLowerCase()}${name.slice(1)}`);
  }
  return value;
}

/** A list of texts; empty when it was not sent. */
export function texts(params: Params, name: string): string[] {
  const value = params[name];
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map((each: Param) => {
    if (typeof each !== 'string')
      throw awsError('InvalidParameterValue', `Invalid value for parameter ${name}: a list of texts is expected.`);
    return each;
  });
}

/** A list of structures; empty when it was not sent. */
export function structures(params: Params, name: string): Params[] {
  const value = params[name];
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw awsError('InvalidParameterValue', `Invalid value for parameter ${name}: a numbered list is expected.`);
  return value.map((each: Param) => (isFields(each) ? each : {}));
}

/** Whether a boolean parameter is true; anything else than true and false is refused. */
export function flag(params: Params, name: string): boolean {
  const value = text(params, name);
  if (value !== undefined && value !== 'true' && value !== 'false') {
    throw awsError('InvalidParameterValue', `Invalid value '${value}' for ${name}. Must be true or false.`);
  }
  return value === 'true';
}
