// How a record lies in the table: pk is the account and region, sk the record's key.
import { createHash } from 'node:crypto';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Target } from '../../domain/finding.ts';
import type { LedgerRecord } from '../store.ts';
import { expiryOf, type ParsedRecord, parseRecord } from '../stored.ts';
import { packBody, unpackBody } from './body.ts';

export type Item = Record<string, AttributeValue>;

/** DynamoDB's TTL counts in whole seconds. */
export const secondsOf = (at: Date): string => String(Math.floor(at.getTime() / 1_000));

export const partitionOf = ({ accountId, region }: Target): AttributeValue => ({ S: `${accountId}/${region}` });

// DynamoDB's bound is 1,024 bytes, and an interface may bear fifty cluster tags.
const LONGEST_SORT_KEY = 1_000;

/** The record's key as JSON writes it between its quotes, because a tag may hold what no sort key may; hashed when it is too long. */
function sortKeyOf(key: string): string {
  const text = JSON.stringify(key).slice(1, -1);
  return Buffer.byteLength(text) <= LONGEST_SORT_KEY ? text : `sha256/${createHash('sha256').update(text).digest('hex')}`;
}

/** Where a record lies. */
export const placeOf = (target: Target, key: string) => ({ pk: partitionOf(target), sk: { S: sortKeyOf(key) } });

/** One write of a record: whose it is (`writeId`), and when. */
export interface Written extends LedgerRecord {
  writeId: string;
  at: Date;
}

/** The item of one write. */
export function toItem(target: Target, { key, version, body, writeId, at }: Written): Item {
  const expiry = expiryOf(body, at);
  return {
    ...placeOf(target, key),
    version: { N: String(version) },
    kind: { S: body.kind },
    writeId: { S: writeId },
    body: packBody(body),
    ...(expiry ? { expiresAt: { N: secondsOf(expiry) } } : {}),
  };
}

/** Whether the record still counts: DynamoDB deletes what has expired some days late, and until then it is as good as gone. */
export function isAlive({ expiresAt }: Item, now: Date): boolean {
  const isExpired = expiresAt !== undefined && Number(expiresAt.N) <= Number(secondsOf(now));
  return !isExpired;
}

/** The record of an item, or what is wrong with it. */
export function parseItem(item: Item): ParsedRecord {
  let body: unknown;
  try {
    body = unpackBody(item.body);
  } catch {
    // Without the parser's own words: they quote the item.
    return { ok: false, problem: 'holds no readable body' };
  }
  const parsed = parseRecord({ version: Number(item.version?.N), body });
  if (!parsed.ok || item.sk?.S === sortKeyOf(parsed.record.key)) return parsed;
  return { ok: false, problem: `holds ${parsed.record.key}` };
}
