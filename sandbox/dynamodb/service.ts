import { awsError } from '../aws-error.ts';
import { isFields, type Params } from '../http/param.ts';
import type { AwsService } from '../http/service.ts';
import { jsonAnswer, readJson } from '../json/protocol.ts';
import { type Dynalite, type DynaliteAnswer, tablesOf } from './tables.ts';

const READS = ['BatchGetItem', 'DescribeTable', 'DescribeTimeToLive', 'GetItem', 'ListTables', 'ListTagsOfResource', 'Query', 'Scan'];
const WRITES = [
  'BatchWriteItem',
  'CreateTable',
  'DeleteItem',
  'DeleteTable',
  'PutItem',
  'TagResource',
  'UntagResource',
  'UpdateItem',
  'UpdateTable',
];

/** Amazon DynamoDB: AWS JSON 1.0, answered by dynalite. */
export const dynamodb: AwsService = {
  recognise: (request) => {
    const { action, params } = readJson(request, 'DynamoDB_20120810');
    const mutating = WRITES.includes(action);
    if (!mutating && !READS.includes(action)) {
      throw awsError(
        'UnknownOperationException',
        `The sandbox's DynamoDB has no ${action}. It has: ${[...READS, ...WRITES].sort().join(', ')}.`,
      );
    }
    return { action, params, mutating };
  },
  answer: async ({ action, params }, context) => {
    const dynalite = await tablesOf(context);
    const answer = await dynalite(action, params);
    if (answer.status !== 200) throw await refusal(dynalite, answer, params);
    return jsonAnswer(200, answer.body, context.requestId);
  },
  fail: ({ code, message, status, details }, requestId) =>
    jsonAnswer(status, { __type: `com.amazonaws.dynamodb.v20120810#${code}`, message, ...details }, requestId),
  denied: ({ action, params }, caller) =>
    awsError(
      'AccessDeniedException',
      `User: ${caller} is not authorized to perform: dynamodb:${action} on resource: table/${String(params.TableName ?? '*')} because no identity-based policy allows the dynamodb:${action} action`,
    ),
  throttled: () => awsError('ThrottlingException', 'Throughput exceeds the current capacity of your table or index.'),
};

async function refusal(dynalite: Dynalite, { status, body }: DynaliteAnswer, params: Params): Promise<Error> {
  const code = String(body.__type).split('#').at(-1) ?? 'InternalServerError';
  const message = String(body.message ?? body.Message ?? code);
  const wantsItem = code === 'ConditionalCheckFailedException' && params.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
  return awsError(code, message, status, wantsItem ? await itemOf(dynalite, params) : {});
}

// dynalite leaves out the item that the condition met, which DynamoDB sends when it is asked to.
async function itemOf(dynalite: Dynalite, { TableName = '', Key, Item }: Params): Promise<Params> {
  const { Table } = (await dynalite('DescribeTable', { TableName })).body;
  const schema = isFields(Table) && Array.isArray(Table.KeySchema) ? Table.KeySchema : [];
  const names = schema.map((each) => String(each.AttributeName));
  const held = Key ?? Item;
  const key = Object.fromEntries(Object.entries(isFields(held) ? held : {}).filter(([name]) => names.includes(name)));
  const { Item: found } = (await dynalite('GetItem', { TableName, Key: key, ConsistentRead: true })).body;
  return found === undefined ? {} : { Item: found };
}
