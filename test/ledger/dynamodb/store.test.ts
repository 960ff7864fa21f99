import { afterAll } from '@jest/globals';
import { dynamoStore } from '../../../shared/ledger/dynamodb/store.ts';
import { newTable, startDynalite } from '../dynalite.ts';
import { storeConformance } from '../store-conformance.ts';

const dynalite = await startDynalite();
afterAll(dynalite.stop);

storeConformance('dynamoStore on dynalite', async () => {
  const table = await newTable(dynalite.client);
  return async () => dynamoStore({ client: dynalite.client, table });
});
