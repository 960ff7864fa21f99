// A record's body as one attribute: JSON text, which keeps it exactly (DynamoDB's own types lose lone surrogates, and turn a
// `__proto__` of evidence into a prototype); Brotli when that is long, because the ids of thousands of interfaces are.
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { LedgerBody } from '../store.ts';
import { keyOfBody, kindOf } from '../stored.ts';

// Text that a person can read in the console, as long as it costs little: a write unit is 1 KB.
const PLAIN_BYTES = 16 * 1024;
// DynamoDB refuses items of more than 400 KB, keys and attribute names included.
const LARGEST_BYTES = 300 * 1024;
const UNPACKED_BYTES = 64 * 1024 * 1024;
// The default of 11 takes seconds for a megabyte.
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

/** The body as an attribute that fits. What would not is cut to the first of its long lists, and says so: better than no record at all. */
export function packBody(body: LedgerBody): AttributeValue {
  return pack(body) ?? pack({ ...body, state: kindOf(body).abridge?.(body.state) ?? body.state }) ?? refuse(body);
}

function pack(body: { kind: string; state: unknown }): AttributeValue | undefined {
  const text = Buffer.from(JSON.stringify(body));
  if (text.length <= PLAIN_BYTES) return { S: text.toString() };
  const packed = brotliCompressSync(text, BROTLI);
  return packed.length <= LARGEST_BYTES ? { B: packed } : undefined;
}

function refuse(body: LedgerBody): never {
  const size = JSON.stringify(body).length;
  throw new Error(`${keyOfBody(body)} is too large for an item of the ledger: ${size} characters, and its long lists are not the reason`);
}

/** What packBody was given, not yet checked. Throws when it is neither text nor packed text, or no JSON. */
export function unpackBody(attribute: AttributeValue | undefined): unknown {
  if (attribute?.S !== undefined) return JSON.parse(attribute.S);
  if (attribute?.B === undefined) throw new Error('it has no body');
  return JSON.parse(brotliDecompressSync(attribute.B, { maxOutputLength: UNPACKED_BYTES }).toString());
}
