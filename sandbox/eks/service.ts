import { awsError } from '../aws-error.ts';
import type { Param } from '../http/param.ts';
import type { AwsService, HttpAnswer } from '../http/service.ts';
import { OPERATIONS } from './operations.ts';

const jsonAnswer = (status: number, body: unknown, headers: Record<string, string>): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

const readBody = (body: string): Record<string, Param> => {
  try {
    const parsed: unknown = body === '' ? {} : JSON.parse(body);
    if (isFields(parsed)) return parsed;
  } catch {
    // Answered below.
  }
  throw awsError('SerializationException', 'The body is not a JSON object.');
};
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const isFields = (value: unknown): value is Record<string, Param> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Amazon EKS: the REST-JSON protocol. */
export const eks: AwsService = {
  recognise: ({ method, path, query, body }) => {
    for (const [action, operation] of Object.entries(OPERATIONS)) {
      const match = operation.method === method ? operation.path.exec(path) : null;
      if (!match) continue;
      const inPath = Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)]);
      return {
        action,
        params: { ...readBody(body), ...Object.fromEntries([...query]), ...Object.fromEntries(inPath) },
        mutating: operation.mutating,
      };
    }
    const known = Object.keys(OPERATIONS).join(', ');
    throw awsError('UnknownOperationException', `The sandbox's EKS has nothing at ${method} ${path}. It has: ${known}.`, 404);
  },
  answer: ({ action, params }, context) => {
    const operation = OPERATIONS[action];
    const body = operation?.run(params, context);
    if (operation?.mutating && isRecord(body)) context.answered(body);
    return jsonAnswer(200, body, { 'x-amzn-requestid': context.requestId });
  },
  fail: ({ code, message, status }, requestId) =>
    jsonAnswer(status, { message }, { 'x-amzn-requestid': requestId, 'x-amzn-errortype': code }),
  denied: ({ action, params }, caller) =>
    awsError(
      'AccessDeniedException',
      `User: ${caller} is not authorized to perform: eks:${action} on resource: ${typeof params.name === 'string' ? `cluster/${params.name}` : '*'}`,
      403,
    ),
  throttled: () => awsError('ThrottlingException', 'Rate exceeded', 429),
};
