import { awsError } from '../aws-error.ts';
import type { AwsService } from '../http/service.ts';
import { json11Answer, readJson } from '../json/protocol.ts';
import { getSecretValue } from './get-secret-value.ts';

/** AWS Secrets Manager: AWS JSON 1.1. Secrets are made by `world()`. */
export const secretsManager: AwsService = {
  recognise: (request) => {
    const { action, params } = readJson(request, 'secretsmanager');
    if (action !== 'GetSecretValue') {
      throw awsError('UnknownOperationException', `The sandbox's Secrets Manager has no ${action}. It has: GetSecretValue.`);
    }
    return { action, params, mutating: false };
  },
  // The answer is recorded nowhere: `calls` is printed, and holds what was asked for only.
  answer: ({ params }, context) => json11Answer(200, getSecretValue(params, context), context.requestId),
  fail: ({ code, message, status }, requestId) =>
    json11Answer(status, { __type: code, [code === 'AccessDeniedException' ? 'Message' : 'message']: message }, requestId),
  denied: ({ params }, caller) =>
    awsError(
      'AccessDeniedException',
      `User: ${caller} is not authorized to perform: secretsmanager:GetSecretValue on resource: ${String(params.SecretId)} because no identity-based policy allows the secretsmanager:GetSecretValue action`,
    ),
  throttled: () => awsError('ThrottlingException', 'Rate exceeded'),
};
