import type { IncomingHttpHeaders } from 'node:http';
import { refusal } from './refusal.ts';

export type Arguments = Readonly<Record<string, unknown>>;

/** The arguments in a request's body, and what Slack warns of. Only JSON: the sandbox reads no forms. */
export function readArguments(headers: IncomingHttpHeaders, body: Buffer): { args: Arguments; warning?: string } {
  const [type = '', ...parameters] = (headers['content-type'] ?? '').split(';').map((part) => part.trim().toLowerCase());
  if (type === '') throw refusal('missing_post_type', 'the request has no Content-Type');
  if (type !== 'application/json')
    throw refusal('invalid_post_type', `the Content-Type is ${type}; the sandbox reads application/json only`);
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice('charset='.length);
  if (charset !== undefined && charset !== 'utf-8') throw refusal('invalid_charset', `the charset is ${charset}`);
  const args = parse(body);
  if (typeof args !== 'object' || args === null || Array.isArray(args)) throw refusal('json_not_object', 'the body is no JSON object');
  checkCharacters(args, '');
  return { args: { ...args }, ...(charset === undefined ? { warning: 'missing_charset' } : {}) };
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw refusal('invalid_json', 'the body is not JSON in UTF-8');
  }
}

// Slack shows something for them, and nobody knows what: whoever sends them has not cleaned a name.
function checkCharacters(value: unknown, at: string): void {
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw refusal('invalid_arguments', `a lone surrogate [json-pointer:${at}]`);
    const [control] = /[^\P{Cc}\n]/u.exec(value) ?? [];
    if (control === undefined) return;
    const code = control.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    throw refusal('invalid_arguments', `the control character U+${code} [json-pointer:${at}]`);
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [name, each] of Object.entries(value)) {
    checkCharacters(name, `${at}/`);
    checkCharacters(each, `${at}/${name}`);
  }
}

/** Refuses arguments that a method does not have, and those that it needs and did not get. */
export function checkNames(args: Arguments, { needs, takes }: { needs: readonly string[]; takes: readonly string[] }): void {
  const unknown = Object.keys(args).find((name) => !needs.includes(name) && !takes.includes(name));
  if (unknown !== undefined) throw refusal('invalid_arguments', `the sandbox knows no argument ${unknown} [json-pointer:/${unknown}]`);
  const missing = needs.find((name) => args[name] === undefined);
  if (missing !== undefined) throw refusal('invalid_arguments', `missing required field: ${missing} [json-pointer:]`);
}

/** A text argument; undefined when it was not sent. */
export function textOf(args: Arguments, name: string): string | undefined {
  const value = args[name];
  if (value === undefined || typeof value === 'string') return value;
  throw refusal('invalid_arguments', `must be a string [json-pointer:/${name}]`);
}

/** A yes-or-no argument; undefined when it was not sent. */
export function flagOf(args: Arguments, name: string): boolean | undefined {
  const value = args[name];
  if (value === undefined || typeof value === 'boolean') return value;
  throw refusal('invalid_arguments', `must be a boolean [json-pointer:/${name}]`);
}
