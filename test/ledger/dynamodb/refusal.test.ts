// A ledger that cannot be read never looks like an empty one: it says which table, why, and what to do.
import { randomBytes } from 'node:crypto';
import { type AttributeValue, CreateTableCommand, DynamoDBServiceException, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mockClient } from 'aws-sdk-client-mock';
import { ConfigError } from '../../../shared/domain/errors.ts';
import { dynamoStore } from '../../../shared/ledger/dynamodb/store.ts';
import { failure } from '../../support/failure.ts';
import { putFinding, putSighting, recordOf, TARGET } from '../builders.ts';
import { localClient, newTable, startDynalite } from '../dynalite.ts';

const dynalite = await startDynalite();
afterAll(dynalite.stop);

describe('a ledger table', () => {
  it('has the name that a person gives it', () => {
    expect(dynamoStore({ client: dynalite.client, table: 'audits' }).name).toBe('dynamodb:audits');
  });

  it('that does not exist is a ConfigError with its region', async () => {
    const store = dynamoStore({ client: dynalite.client, table: 'nowhere' });
    for (const error of [await failure(store.load(TARGET)), await failure(store.write(TARGET, [putSighting(0)]))]) {
      expect(error).toBeInstanceOf(ConfigError);
      expect(error.message).toContain('ledger dynamodb:nowhere: there is no such table in eu-west-1');
      expect(error.message).toContain('deploy the stack there');
    }
  });

  it('with other keys is a ConfigError that asks whether it is the right one', async () => {
    const keys = { KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' as const }], BillingMode: 'PAY_PER_REQUEST' as const };
    const AttributeDefinitions = [{ AttributeName: 'id', AttributeType: 'S' as const }];
    await dynalite.client.send(new CreateTableCommand({ TableName: 'orders', ...keys, AttributeDefinitions }));
    const store = dynamoStore({ client: dynalite.client, table: 'orders' });
    for (const error of [await failure(store.load(TARGET)), await failure(store.write(TARGET, [putSighting(0)]))]) {
      expect(error).toBeInstanceOf(ConfigError);
      expect(error.message).toMatch(/^ledger dynamodb:orders: .*ValidationException.*is this the ledger table of the stack\?$/);
    }
  });

  it.each([
    [
      'AccessDeniedException',
      true,
      'these credentials may not dynamodb:Query (AccessDeniedException: no); allow dynamodb:Query on the table',
    ],
    ['ExpiredTokenException', false, 'dynamodb:Query failed (ExpiredTokenException: no); '],
    ['ProvisionedThroughputExceededException', false, 'dynamodb:Query failed (ProvisionedThroughputExceededException: no); '],
    ['InternalServerError', false, 'dynamodb:Query failed (InternalServerError: no); run again; what was written until then stays'],
  ])('that answers %s', async (name, isConfigError, says) => {
    const client = localClient(dynalite.endpoint);
    const cause = new DynamoDBServiceException({ name, message: 'no', $fault: 'client', $metadata: {} });
    mockClient(client).on(QueryCommand).rejects(cause);
    const error = await failure(dynamoStore({ client, table: 'audits' }).load(TARGET));
    expect(error instanceof ConfigError).toBe(isConfigError);
    expect(error.message).toContain(`ledger dynamodb:audits: ${says}`);
    expect(error.cause).toBe(cause);
  });

  it('may not be written: one refusal fails the write, whatever became of the rest', async () => {
    const client = localClient(dynalite.endpoint);
    const denied = new DynamoDBServiceException({ name: 'AccessDeniedException', message: 'no', $fault: 'client', $metadata: {} });
    mockClient(client).on(PutItemCommand).resolvesOnce({}).rejects(denied);
    const error = await failure(dynamoStore({ client, table: 'audits' }).write(TARGET, [putSighting(0), putFinding(0)]));
    expect(error.message).toContain('allow dynamodb:PutItem on the table');
  });

  it.each([[{}], [{ Count: 0 }]])('whose answer is no answer (%j) fails, and is not empty', async (answer) => {
    const client = localClient(dynalite.endpoint);
    mockClient(client).on(QueryCommand).resolves(answer);
    const error = await failure(dynamoStore({ client, table: 'audits' }).load(TARGET));
    expect(error.message).toContain('the answer holds no Items');
  });

  it('of several pages is read to its end', async () => {
    const table = await newTable(dynalite.client);
    const client = localClient(dynalite.endpoint);
    const store = dynamoStore({ client, table });
    const changes = Array.from({ length: 12 }, (_, index) =>
      putFinding(0, { id: `finding-${index + 10}`, evidence: { text: randomBytes(140_000).toString('hex') } }),
    );
    await store.write(TARGET, changes);
    const pages: boolean[] = [];
    client.middlewareStack.add(
      (next) => (args) => {
        pages.push('ConsistentRead' in args.input && args.input.ConsistentRead === true);
        return next(args);
      },
      { step: 'initialize' },
    );
    expect(await store.load(TARGET)).toEqual(changes.map(recordOf));
    expect(pages).toEqual([true, true]);
  });
});

describe('an item that is none of ours, or was damaged', () => {
  const good = { version: { N: '1' }, body: { S: JSON.stringify(putSighting(0).body) } };
  let table: string;
  beforeEach(async () => {
    table = await newTable(dynalite.client);
  });

  it.each<[string, Record<string, AttributeValue>, string]>([
    ['no body', { version: { N: '1' } }, 'holds no readable body'],
    ['no JSON', { ...good, body: { S: 'secret' } }, 'holds no readable body'],
    ['no packed text', { ...good, body: { B: Buffer.from('secret') } }, 'holds no readable body'],
    ['no version', { body: good.body }, 'is malformed: version'],
    ['another kind', { ...good, body: { S: '{"kind":"invoice"}' } }, 'is malformed: body.kind'],
    [
      "another record's body",
      { ...good, body: { S: JSON.stringify(putSighting(0, { interfaceId: 'eni-2' }).body) } },
      'holds sighting/eni-2',
    ],
  ])('with %s is named, whoever meets it', async (_, attributes, problem) => {
    const Item = { pk: { S: '111122223333/eu-west-1' }, sk: { S: 'sighting/eni-1' }, ...attributes };
    await dynalite.client.send(new PutItemCommand({ TableName: table, Item }));
    const store = dynamoStore({ client: dynalite.client, table });
    for (const error of [await failure(store.load(TARGET)), await failure(store.write(TARGET, [putSighting(0)]))]) {
      expect(error).toBeInstanceOf(ConfigError);
      expect(error.message).toContain(`ledger dynamodb:${table}: item pk="111122223333/eu-west-1" sk="sighting/eni-1" ${problem}`);
      expect(error.message).toContain('it was left as it is');
      expect(error.message).not.toContain('secret');
    }
  });

  it('does not blind other regions', async () => {
    const Item = { pk: { S: '111122223333/eu-west-1' }, sk: { S: 'x' } };
    await dynalite.client.send(new PutItemCommand({ TableName: table, Item }));
    expect(await dynamoStore({ client: dynalite.client, table }).load({ ...TARGET, region: 'us-east-1' })).toEqual([]);
  });
});
