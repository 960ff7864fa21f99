// A record's body as one attribute: JSON text, which keeps it exactly (DynamoDB's own types lose lone surrogates, and turn a
// `__proto__` of evidence into a prototype); Brotli when that is long, because the ids of thousands of interfaces are.
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { LedgerBody } from '../model/ledger.ts';
import type { Certificate } from '../model/teardown.ts';
import { keyOf } from './schema/record.ts';

// Text that a person can read in the console, as long as it costs little: a write unit is 1 KB.
const PLAIN_BYTES = 16 * 1024;
// DynamoDB refuses items of more than 400 KB, keys and attribute names included.
const LARGEST_BYTES = 300 * 1024;
const UNPACKED_BYTES = 64 * 1024 * 1024;
// The default of 11 takes seconds for a megabyte.
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };
const KEPT_OF_A_LIST = 1_000;

/** The body as an attribute that fits. What would not is cut to the first of its long lists, and says so: better than no record at all. */
export function packBody(body: LedgerBody): AttributeValue {
  return pack(body) ?? pack(abridged(body)) ?? refuse(body);
}

function pack(body: LedgerBody): AttributeValue | undefined {
  const text = Buffer.from(JSON.stringify(body));
  if (text.length <= PLAIN_BYTES) return { S: text.toString() };
  const packed = brotliCompressSync(text, BROTLI);
  return packed.length <= LARGEST_BYTES ? { B: packed } : undefined;
}

function refuse(body: LedgerBody): never {
  const size = JSON.stringify(body).length;
  throw new Error(`${keyOf(body)} is too large for an item of the ledger: ${size} characters, and its long lists are not the reason`);
}

/** What packBody was given, not yet checked. Throws when it is neither text nor packed text, or no JSON. */
export function unpackBody(attribute: AttributeValue | undefined): unknown {
  if (attribute?.S !== undefined) return JSON.parse(attribute.S);
  if (attribute?.B === undefined) throw new Error('it has no body');
  return JSON.parse(brotliDecompressSync(attribute.B, { maxOutputLength: UNPACKED_BYTES }).toString());
}

function abridged(body: LedgerBody): LedgerBody {
  if (body.kind !== 'finding' && body.kind !== 'teardown') return body;
  if (body.kind === 'finding') {
    const { finding } = body.state;
    return { ...body, state: { ...body.state, finding: { ...finding, evidence: abridgedEvidence(finding.evidence) } } };
  }
  const { teardown, pending } = body.state;
  return {
    ...body,
    state: {
      teardown: teardown.certificate ? { ...teardown, certificate: abridgedCertificate(teardown.certificate) } : teardown,
      pending: pending.map((notice) =>
        notice.kind === 'certificate' ? { ...notice, certificate: abridgedCertificate(notice.certificate) } : notice,
      ),
    },
  };
}

/** `omitted` tells how many of each list were left out. */
function abridgedEvidence(evidence: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const tooLong = Object.entries(evidence).filter((entry): entry is [string, unknown[]] => {
    return Array.isArray(entry[1]) && entry[1].length > KEPT_OF_A_LIST;
  });
  const kept = tooLong.map(([name, list]) => [name, list.slice(0, KEPT_OF_A_LIST)]);
  const omitted = tooLong.map(([name, list]) => [name, list.length - KEPT_OF_A_LIST]);
  return { ...evidence, ...Object.fromEntries(kept), omitted: Object.fromEntries(omitted) };
}

function abridgedCertificate(certificate: Certificate): Certificate {
  const { leftovers, says } = certificate;
  if (leftovers.length <= KEPT_OF_A_LIST) return certificate;
  const note = `the ledger keeps the first ${KEPT_OF_A_LIST} of ${leftovers.length}; an audit lists them all`;
  return { ...certificate, leftovers: leftovers.slice(0, KEPT_OF_A_LIST), says: `${says} (${note})` };
}
