// What blocks may look like, said in the words that Slack refuses with.
import { invalidBlocks } from '../refusal.ts';

/** Throws when a value is not as it must be; `at` is its JSON pointer. */
export type Check = (value: unknown, at: string) => void;

export type Fields = Readonly<Record<string, unknown>>;

/** A text of so many characters: UTF-16 units, which are never fewer than code points. */
export const characters =
  (most: number, least = 1): Check =>
  (value, at) => {
    if (typeof value !== 'string') throw invalidBlocks('must be a string', at);
    if (value.length < least || (least > 0 && value.trim() === '')) throw invalidBlocks(`must be more than ${least - 1} characters`, at);
    if (value.length > most) throw invalidBlocks(`must be less than ${most + 1} characters; it has ${value.length}`, at);
  };

/** One of some values. */
export const oneOf =
  (...allowed: readonly unknown[]): Check =>
  (value, at) => {
    if (!allowed.includes(value)) throw invalidBlocks(`must be a valid enum value: ${allowed.join(', ')}`, at);
  };

export const flag = oneOf(true, false);

/** A whole number. */
export const whole =
  (least: number, most: number): Check =>
  (value, at) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) throw invalidBlocks('must be a whole number', at);
    if (value < least || value > most) throw invalidBlocks(`must be from ${least} to ${most}`, at);
  };

/** A text of a certain form. */
export const matching =
  (pattern: RegExp, what: string): Check =>
  (value, at) => {
    if (typeof value !== 'string' || !pattern.test(value)) throw invalidBlocks(`must be ${what}`, at);
  };

/** A list of so many things of one kind. */
export const list =
  (check: Check, most: number, least = 1): Check =>
  (value, at) => {
    if (!Array.isArray(value)) throw invalidBlocks('must be an array', at);
    if (value.length < least) throw invalidBlocks(`no fewer than ${least} items allowed`, at);
    if (value.length > most) throw invalidBlocks(`no more than ${most} items allowed; there are ${value.length}`, at);
    for (const [index, each] of value.entries()) check(each, `${at}/${index}`);
  };

/** An object with these fields and no others. */
export function object(needs: Readonly<Record<string, Check>>, may: Readonly<Record<string, Check>> = {}): Check {
  const checks = new Map(Object.entries({ ...may, ...needs }));
  return (value, at) => {
    const fields = fieldsOf(value, at);
    const missing = Object.keys(needs).find((name) => !Object.hasOwn(fields, name));
    if (missing !== undefined) throw invalidBlocks(`missing required field: ${missing}`, at);
    for (const [name, each] of Object.entries(fields)) {
      const check = checks.get(name);
      if (!check) throw invalidBlocks(`invalid additional property: ${name}`, at);
      check(each, `${at}/${name}`);
    }
  };
}

/** An object that its `type` says the rest of. */
export const byType =
  (types: Readonly<Record<string, Check>>): Check =>
  (value, at) => {
    const { type } = fieldsOf(value, at);
    const check = typeof type === 'string' && Object.hasOwn(types, type) ? types[type] : undefined;
    if (!check) throw invalidBlocks(`unsupported type: ${String(type)}; the sandbox knows ${Object.keys(types).join(', ')}`, `${at}/type`);
    check(value, at);
  };

/** A value's fields. */
export function fieldsOf(value: unknown, at: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalidBlocks('must be an object', at);
  return { ...value };
}
