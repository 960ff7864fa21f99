// DynamoDB in this process, and the ledger table as the stack makes it.
import { randomUUID } from 'node:crypto';
import { CreateTableCommand, type DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { dynamoClient } from '../../shared/ledger/dynamodb/store.ts';

export interface Dynalite {
  endpoint: string;
  client: DynamoDBClient;
  stop: () => Promise<void>;
}

/** A client of a DynamoDB that somebody plays on this machine. */
export const localClient = (endpoint: string): DynamoDBClient =>
  dynamoClient('eu-west-1', { endpoint, credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' } });

/** DynamoDB on a port of its own. */
export async function startDynalite(): Promise<Dynalite> {
  const server = dynalite({ createTableMs: 0 });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('dynalite listens on no port');
  const endpoint = `http://127.0.0.1:${address.port}`;
  const client = localClient(endpoint);
  return {
    endpoint,
    client,
    stop: async () => {
      client.destroy();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

/** A new, empty ledger table; its name. */
export async function newTable(client: DynamoDBClient, name = `ledger-${randomUUID()}`): Promise<string> {
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
    }),
  );
  await waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 1, maxDelay: 1 }, { TableName: name });
  return name;
}
