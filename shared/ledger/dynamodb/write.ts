// The proof that no run overwrites what it has not seen. A write names the version that its run read, and DynamoDB compares and
// writes in one step:
//
//   run A   reads 3               puts 4 if 3: written
//   run B          reads 3                         puts 4 if 3: refused, and is handed A's 4 to judge again
//
// When an answer is lost, the SDK sends the same write again, and it meets itself:
//
//   run A   reads 3   puts 4 if 3: written, no answer   puts 4 if 3 again: refused, but by a 4 with its own writeId, so written
import { randomUUID } from 'node:crypto';
import { ConditionalCheckFailedException, DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Target } from '../../domain/finding.ts';
import type { LedgerChange, LedgerOutcome } from '../store.ts';
import { type Item, isAlive, parseItem, placeOf, secondsOf, toItem } from './item.ts';
import { itemAt, recordOf } from './read.ts';
import { malformed, refused, type Table } from './refusal.ts';

export const actions = ['dynamodb:DeleteItem', 'dynamodb:PutItem'];

// There is none, or one that expired and that DynamoDB has only not come round to deleting.
const IS_ABSENT = 'attribute_not_exists(sk) OR expiresAt <= :now';
// Every write counts the version up, so the same version is the same record. Expired since it was read, it lives on by this write.
const IS_AS_READ = 'version = :read';

const conditionOf = (ifVersion: number, now: Date) =>
  ifVersion === 0
    ? { ConditionExpression: IS_ABSENT, ExpressionAttributeValues: { ':now': { N: secondsOf(now) } } }
    : { ConditionExpression: IS_AS_READ, ExpressionAttributeValues: { ':read': { N: String(ifVersion) } } };

/** Makes one change if its record is still as it was read; otherwise nothing happens, and the winner comes back. */
export async function writeOne(table: Table, target: Target, change: LedgerChange, now: Date): Promise<LedgerOutcome> {
  const { key } = change;
  const writeId = randomUUID();
  const refusal = 'delete' in change ? await remove(table, target, change, now) : await put(table, target, change, { writeId, at: now });
  if (!refusal) return { key, written: true };
  // DynamoDB hands over the item that refused the write; its imitations do not.
  const there = refusal.Item ?? (await itemAt(table, target, key));
  const isOwn = there ? there.writeId?.S === writeId : 'delete' in change && wasRepeated(refusal);
  if (isOwn) return { key, written: true };
  return { key, written: false, winner: there && isAlive(there, now) ? recordOf(table, there) : undefined };
}

// A deletion leaves no writeId behind. Whoever deleted it between two attempts of ours, it is gone as was asked.
const wasRepeated = ({ $metadata }: ConditionalCheckFailedException): boolean => ($metadata.attempts ?? 1) > 1;

type Deletion = Extract<LedgerChange, { delete: true }>;
type Put = Exclude<LedgerChange, { delete: true }>;

function remove(table: Table, target: Target, { key, ifVersion }: Deletion, now: Date) {
  const request = { Key: placeOf(target, key), ...conditionOf(ifVersion, now), ...commonOf(table) };
  return refusalOf(table, 'dynamodb:DeleteItem', () => table.client.send(new DeleteItemCommand(request)));
}

function put(table: Table, target: Target, { key, ifVersion, body }: Put, { writeId, at }: { writeId: string; at: Date }) {
  const item = toItem(target, { key, version: ifVersion + 1, body, writeId, at });
  checkReadable(table, item);
  const request = { Item: item, ...conditionOf(ifVersion, at), ...commonOf(table) };
  return refusalOf(table, 'dynamodb:PutItem', () => table.client.send(new PutItemCommand(request)));
}

const commonOf = ({ table }: Table) => ({ TableName: table, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }) as const;

/** One item that cannot be read blinds its whole region, so none is ever written. */
function checkReadable(table: Table, item: Item): void {
  const parsed = parseItem(item);
  if (!parsed.ok)
    throw new Error(`an item that could not be read again must not be written: ${malformed(table, item, parsed.problem).message}`);
}

/** Undefined when the write took place; any other failure than a lost race throws. */
async function refusalOf(table: Table, action: string, send: () => Promise<unknown>): Promise<ConditionalCheckFailedException | undefined> {
  try {
    await send();
    return undefined;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return error;
    throw await refused(table, action, error);
  }
}
