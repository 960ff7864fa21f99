// The ledger of the deployed stack. Attributes by hand rather than @aws-sdk/lib-dynamodb: a body is one JSON text (dynamodb-body.ts
// says why), so that a document client would map five attributes for 11 KB of bundle.
import pMap from 'p-map';
import type { LedgerChange, LedgerOutcome, LedgerStore } from '../store.ts';
import { isAlive } from './item.ts';
import { itemAt, readAll, actions as reads, recordOf } from './read.ts';
import type { Table } from './refusal.ts';
import { writeOne, actions as writes } from './write.ts';

export { dynamoClient } from './client.ts';

/** The IAM actions that the store takes. */
export const actions: readonly string[] = [...writes, ...reads];

// An account and region is one partition, which takes 1,000 writes of 1 KB a second, and a write takes a few milliseconds.
const CONCURRENCY = 8;

/** A ledger in a DynamoDB table with the string keys `pk` and `sk` and, if it is to forget, TTL on `expiresAt`. */
export function dynamoStore({ client, table, clock = () => new Date() }: Table & { clock?: () => Date }): LedgerStore {
  const ledger = { client, table };
  return {
    name: `dynamodb:${table}`,
    load: (target) => readAll(ledger, target, clock),
    get: async (target, key) => {
      const item = await itemAt(ledger, target, key);
      return item && isAlive(item, clock()) ? recordOf(ledger, item) : undefined;
    },
    write: (target, changes) => inOrder(changes, (change) => writeOne(ledger, target, change, clock())),
  };
}

/** Several records at a time, in the order of the changes; the changes of one record one after the other. */
async function inOrder(
  changes: readonly LedgerChange[],
  write: (change: LedgerChange) => Promise<LedgerOutcome>,
): Promise<readonly LedgerOutcome[]> {
  const latest = new Map<string, Promise<unknown>>();
  return pMap(
    changes,
    (change) => {
      const outcome = (latest.get(change.key) ?? Promise.resolve()).then(() => write(change));
      latest.set(change.key, outcome);
      return outcome;
    },
    { concurrency: CONCURRENCY },
  );
}
