import { type AttributeValue, QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { MalformedAnswer } from '../../domain/errors.ts';
import type { Target } from '../../domain/finding.ts';
import type { LedgerRecord } from '../store.ts';
import { type Item, isAlive, parseItem, partitionOf, placeOf } from './item.ts';
import { malformed, refused, type Table } from './refusal.ts';

const QUERY = 'dynamodb:Query';
export const actions = [QUERY];

/** The record of an item of this table. Throws a ConfigError when it is none of ours: skipping it would look like an empty ledger. */
export function recordOf(table: Table, item: Item): LedgerRecord {
  const parsed = parseItem(item);
  if (!parsed.ok) throw malformed(table, item, parsed.problem);
  return parsed.record;
}

/** Every record of one account and region that has not expired. */
export async function readAll(table: Table, target: Target, clock: () => Date): Promise<LedgerRecord[]> {
  const items = await query(table, { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': partitionOf(target) } });
  const now = clock();
  return items.filter((item) => isAlive(item, now)).map((item) => recordOf(table, item));
}

/** The item of one record, expired or not. By Query rather than GetItem, which would be one more permission. */
export async function itemAt(table: Table, target: Target, key: string): Promise<Item | undefined> {
  const { pk, sk } = placeOf(target, key);
  const where = { KeyConditionExpression: 'pk = :pk AND sk = :sk', ExpressionAttributeValues: { ':pk': pk, ':sk': sk } };
  const [item] = await query(table, where);
  return item;
}

async function query(
  table: Table,
  where: Pick<QueryCommandInput, 'KeyConditionExpression' | 'ExpressionAttributeValues'>,
): Promise<Item[]> {
  const items: Item[] = [];
  let from: Record<string, AttributeValue> | undefined;
  try {
    do {
      // Consistent, so that a run sees what the one before it wrote. An answer ends after 1 MB.
      const request = { TableName: table.table, ConsistentRead: true, ExclusiveStartKey: from, ...where };
      const { Items, LastEvaluatedKey } = await table.client.send(new QueryCommand(request));
      if (!Items) throw new MalformedAnswer('the answer holds no Items; it is not from DynamoDB or was cut');
      items.push(...Items);
      from = LastEvaluatedKey;
    } while (from);
    return items;
  } catch (error) {
    throw await refused(table, QUERY, error);
  }
}
