import {
  CreateTableCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Account, account, failure } from '../account.ts';

let aws: Account;
let dynamodb: DynamoDBClient;

beforeEach(async () => {
  aws = await account();
  dynamodb = aws.connect(DynamoDBClient);
  aws.world().createTable('ledger');
});

const TableName = 'ledger';
const key = (sk: string) => ({ pk: { S: 'target' }, sk: { S: sk } });
const put = (sk: string, version: number, given: Partial<PutItemCommandInput> = {}) =>
  dynamodb.send(new PutItemCommand({ TableName, Item: { ...key(sk), version: { N: String(version) } }, ...given }));
const get = async (sk: string) => (await dynamodb.send(new GetItemCommand({ TableName, Key: key(sk), ConsistentRead: true }))).Item;

describe('a table of the ledger’s shape', () => {
  it('has a partition key pk, a sort key sk, and is paid for by request', async () => {
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName }));
    expect(Table).toMatchObject({
      TableStatus: 'ACTIVE',
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    });
  });

  it('can be made at any time, and is one of its region only', async () => {
    await put('a', 1);
    aws.world().createTable('second');
    expect((await dynamodb.send(new DescribeTableCommand({ TableName: 'second' }))).Table?.TableStatus).toBe('ACTIVE');
    aws.world('eu-west-1').createTable('elsewhere');
    expect(await failure(dynamodb.send(new DescribeTableCommand({ TableName: 'elsewhere' })))).toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('can be made by a call as well', async () => {
    await dynamodb.send(
      new CreateTableCommand({
        TableName: 'own',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
    expect(aws.calls).toMatchObject([{ service: 'dynamodb', action: 'CreateTable', mutating: true, outcome: 'OK' }]);
  });
});

describe('items', () => {
  it('are put, read, queried in pages, updated and deleted', async () => {
    for (const sk of ['finding/b', 'finding/a', 'sighting/a']) await put(sk, 1);
    const query = {
      TableName,
      KeyConditionExpression: 'pk = :pk AND begins_with(sk, :sk)',
      ExpressionAttributeValues: { ':pk': { S: 'target' }, ':sk': { S: 'finding/' } },
      Limit: 1,
    };
    const first = await dynamodb.send(new QueryCommand(query));
    expect(first.Items).toMatchObject([key('finding/a')]);
    const second = await dynamodb.send(new QueryCommand({ ...query, ExclusiveStartKey: first.LastEvaluatedKey }));
    expect(second.Items).toMatchObject([key('finding/b')]);
    const UpdateExpression = 'SET version = version + :one';
    await dynamodb.send(
      new UpdateItemCommand({ TableName, Key: key('finding/a'), UpdateExpression, ExpressionAttributeValues: { ':one': { N: '1' } } }),
    );
    expect(await get('finding/a')).toMatchObject({ version: { N: '2' } });
    await dynamodb.send(new DeleteItemCommand({ TableName, Key: key('finding/a') }));
    expect(await get('finding/a')).toBeUndefined();
  });

  it('are written on a condition; the refusal brings the item that is there, when asked for', async () => {
    const onlyNew = { ConditionExpression: 'attribute_not_exists(sk)' };
    await put('a', 1, onlyNew);
    expect(await failure(put('a', 2, onlyNew))).toMatchObject({ name: 'ConditionalCheckFailedException', status: 400 });
    const refused = await put('a', 2, { ...onlyNew, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }).catch((error: unknown) => error);
    expect(refused).toMatchObject({ name: 'ConditionalCheckFailedException', Item: { ...key('a'), version: { N: '1' } } });
    expect(await get('a')).toMatchObject({ version: { N: '1' } });
  });

  it('larger than 400 KB are refused', async () => {
    const refused = await failure(put('a', 1, { Item: { ...key('a'), text: { S: 'x'.repeat(410_000) } } }));
    expect(refused).toMatchObject({ name: 'ValidationException', message: expect.stringContaining('size') });
  });
});

describe('a call of DynamoDB', () => {
  it('is recorded like every other', async () => {
    await put('a', 1, { ConditionExpression: 'attribute_not_exists(sk)' });
    await failure(put('a', 1, { ConditionExpression: 'attribute_not_exists(sk)' }));
    await get('a');
    expect(aws.calls).toMatchObject([
      { service: 'dynamodb', action: 'PutItem', mutating: true, outcome: 'OK', params: { TableName } },
      { action: 'PutItem', outcome: 'ConditionalCheckFailedException', effect: 'ConditionalCheckFailedException' },
      { action: 'GetItem', mutating: false, outcome: 'OK' },
    ]);
  });

  it('is struck by faults like every other', async () => {
    const write = { when: (call: { action: string }) => call.action === 'PutItem', times: 1 };
    aws.faults.add({ ...write, effect: { kind: 'deny' } });
    aws.faults.add({ ...write, effect: { kind: 'throttle' } });
    aws.faults.add({ ...write, effect: { kind: 'drop' } });
    aws.faults.add({ ...write, effect: { kind: 'drop', after: true } });
    expect(await failure(put('a', 1))).toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('dynamodb:PutItem'),
    });
    expect(await failure(put('a', 1))).toMatchObject({ name: 'ThrottlingException' });
    await failure(put('a', 1));
    expect(await get('a')).toBeUndefined();
    await failure(put('a', 1));
    expect(await get('a')).toMatchObject(key('a'));
  });

  it('that the sandbox lacks is refused by name', async () => {
    const refused = await failure(dynamodb.send(new TransactWriteItemsCommand({ TransactItems: [] })));
    expect(refused).toMatchObject({ name: 'UnknownOperationException', message: expect.stringContaining('TransactWriteItems') });
  });
});
