import { awsError } from '../aws-error.ts';
import type { AwsService } from '../http/service.ts';
import { readQuery } from '../query/params.ts';
import { element, xmlAnswer } from '../query/xml.ts';

const XMLNS = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** AWS STS: the Query protocol. */
export const sts: AwsService = {
  recognise: (request) => {
    const { action, params } = readQuery(request);
    if (action !== 'GetCallerIdentity') {
      throw awsError('InvalidAction', `Could not find operation ${action} in the sandbox's STS. It has: GetCallerIdentity.`);
    }
    return { action, params, mutating: false };
  },
  answer: (_, { accountId, requestId }) =>
    xmlAnswer(
      200,
      element(
        'GetCallerIdentityResponse',
        {
          GetCallerIdentityResult: { Arn: `arn:aws:iam::${accountId}:user/sandbox`, UserId: 'AIDASANDBOX0000000000', Account: accountId },
          ResponseMetadata: { RequestId: requestId },
        },
        XMLNS,
      ),
      requestId,
    ),
  fail: ({ code, message, status }, requestId) =>
    xmlAnswer(
      status,
      element(
        'ErrorResponse',
        { Error: { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message }, RequestId: requestId },
        XMLNS,
      ),
      requestId,
    ),
  denied: ({ action }, caller) => awsError('AccessDenied', `User: ${caller} is not authorized to perform: sts:${action}`, 403),
  throttled: () => awsError('Throttling', 'Rate exceeded', 400),
};
