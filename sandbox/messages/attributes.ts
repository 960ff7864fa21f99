import type { Params } from '../http/param.ts';

export interface MessageAttribute {
  dataType: string;
  stringValue?: string;
  /** Base64. */
  binaryValue?: string;
}
export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

export interface AttributeRules {
  dataType: RegExp;
  refuse: (message: string) => Error;
}

const NAME = /^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*$/;
const RESERVED = /^(?:aws|amazon)(?:\.|$)/i;

/** The attributes that a message carries; refuses what SNS and SQS refuse. */
export function readAttributes(given: readonly (readonly [name: string, value: Params])[], rules: AttributeRules): MessageAttributes {
  return Object.fromEntries(given.map(([name, value]) => [name, readAttribute(name, value, rules)]));
}

function readAttribute(
  name: string,
  { DataType, StringValue, BinaryValue }: Params,
  { dataType, refuse }: AttributeRules,
): MessageAttribute {
  if (name.length > 256 || !NAME.test(name) || RESERVED.test(name)) {
    throw refuse(
      `The message attribute name '${name}' is invalid: 1 to 256 letters, digits, '_', '-' and single inner '.', and no AWS. or Amazon. first.`,
    );
  }
  if (typeof DataType !== 'string' || DataType === '')
    throw refuse(`The message attribute '${name}' must contain non-empty message attribute type.`);
  if (!dataType.test(DataType)) throw refuse(`The message attribute '${name}' has an invalid message attribute type '${DataType}'.`);
  const isBinary = DataType.startsWith('Binary');
  const value = isBinary ? BinaryValue : StringValue;
  if (typeof value !== 'string' || value === '') {
    throw refuse(
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${DataType}'.`,
    );
  }
  if (DataType.startsWith('Number') && !(value.trim() === value && Number.isFinite(Number(value)))) {
    throw refuse(`Could not cast message attribute '${name}' value to number.`);
  }
  if (DataType === 'String.Array' && !isArray(value)) {
    throw refuse(`The message attribute '${name}' is no JSON array of strings, numbers, booleans and nulls.`);
  }
  return isBinary ? { dataType: DataType, binaryValue: value } : { dataType: DataType, stringValue: value };
}

function isArray(value: string): boolean {
  try {
    const parsed: unknown = JSON.parse(value);
    return Array.isArray(parsed) && parsed.every((each: unknown) => each === null || typeof each !== 'object');
  } catch {
    return false;
  }
}

/** How many bytes attributes add to the size of a message: names, types and values. */
export function attributesSize(attributes: MessageAttributes): number {
  const sizes = Object.entries(attributes).map(
    ([name, { dataType, stringValue = '', binaryValue = '' }]) =>
      Buffer.byteLength(name) + Buffer.byteLength(dataType) + Buffer.byteLength(stringValue) + Buffer.from(binaryValue, 'base64').length,
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
