import { awsError } from '../aws-error.ts';
import { isFields, type Params } from '../http/param.ts';
import type { AwsRequest, HttpAnswer } from '../http/service.ts';

/** The action and the parameters of an AWS JSON request, whose target is `<prefix>.<action>`. */
export function readJson({ headers, body }: AwsRequest, prefix: string): { action: string; params: Params } {
  const target = String(headers['x-amz-target'] ?? '');
  if (!target.startsWith(`${prefix}.`)) {
    throw awsError('UnknownOperationException', `The header X-Amz-Target is "${target}"; ${prefix}.<action> is expected.`);
  }
  return { action: target.slice(prefix.length + 1), params: readBody(body) };
}

function readBody(body: string): Params {
  try {
    const parsed: unknown = JSON.parse(body === '' ? '{}' : body);
    if (isParams(parsed)) return parsed;
  } catch {
    // Answered below.
  }
  throw awsError('SerializationException', 'The body is not a JSON object.');
}
const isParams = (value: unknown): value is Params => typeof value === 'object' && value !== null && !Array.isArray(value);

const answerIn =
  (version: '1.0' | '1.1') =>
  (status: number, body: unknown, requestId: string, headers: Record<string, string> = {}): HttpAnswer => ({
    status,
    headers: { 'content-type': `application/x-amz-json-${version}`, 'x-amzn-requestid': requestId, ...headers },
    body: JSON.stringify(body),
  });

/** An answer in AWS JSON 1.0. */
export const jsonAnswer = answerIn('1.0');

/** An answer in AWS JSON 1.1, which older services speak. */
export const json11Answer = answerIn('1.1');

/** The structures of a map parameter; empty when it was not sent. */
export function mapOf(params: Params, name: string): readonly (readonly [key: string, value: Params])[] {
  const value = params[name];
  if (value === undefined || value === null) return [];
  if (!isFields(value)) throw awsError('SerializationException', `${name} must be a map.`);
  return Object.entries(value).map(([key, each]) => [key, isFields(each) ? each : {}]);
}

/** The structures of a list parameter; empty when it was not sent. */
export function listOf(params: Params, name: string): readonly Params[] {
  const value = params[name];
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw awsError('SerializationException', `${name} must be a list.`);
  return value.map((each) => (isFields(each) ? each : {}));
}

/** A text parameter, or undefined when it was not sent. */
export function textOf(params: Params, name: string): string | undefined {
  const value = params[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw awsError('SerializationException', `${name} must be a string.`);
  return value;
}

/** A whole number within bounds, or undefined when it was not sent. */
export function wholeOf(params: Params, name: string, least: number, most: number): number | undefined {
  const value = params[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  const bounds = `must be >= ${least} and <= ${most}`;
  throw awsError('InvalidParameterValue', `Value ${String(value)} for parameter ${name} is invalid. Reason: ${bounds}, if provided.`);
}
