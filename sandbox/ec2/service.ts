import { awsError } from '../aws-error.ts';
import type { AwsService } from '../http/service.ts';
import { flag, readQuery } from '../query/params.ts';
import { element, xmlAnswer } from '../query/xml.ts';
import { ACTIONS } from './actions.ts';

const XMLNS = 'http://ec2.amazonaws.com/doc/2016-11-15/';

/** Amazon EC2: the EC2 Query protocol. */
export const ec2: AwsService = {
  recognise: (request) => {
    const { action, params } = readQuery(request);
    const known = ACTIONS[action];
    if (!known) {
      throw awsError(
        'InvalidAction',
        `The action ${action} is not valid for the sandbox's EC2. It has: ${Object.keys(ACTIONS).join(', ')}.`,
      );
    }
    return { action, params, mutating: known.mutating && params.DryRun !== 'true' };
  },
  answer: ({ action, params }, context) => {
    const known = ACTIONS[action];
    const strangers = Object.keys(params).filter((name) => name !== 'DryRun' && !known?.parameters.includes(name));
    if (strangers.length > 0) throw awsError('UnknownParameter', `The parameter ${strangers.join(', ')} is not recognized`);
    if (flag(params, 'DryRun')) throw awsError('DryRunOperation', 'Request would have succeeded, but DryRun flag is set.', 412);
    const result = known?.run(params, context);
    if (known?.mutating && result) context.answered(result);
    return xmlAnswer(200, element(`${action}Response`, { requestId: context.requestId, ...result }, XMLNS), context.requestId);
  },
  fail: ({ code, message, status }, requestId) =>
    xmlAnswer(status, element('Response', { Errors: { Error: { Code: code, Message: message } }, RequestID: requestId }), requestId),
  denied: ({ action }, caller) =>
    awsError(
      'UnauthorizedOperation',
      `You are not authorized to perform this operation. User: ${caller} is not authorized to perform: ec2:${action} because no identity-based policy allows the ec2:${action} action`,
      403,
    ),
  throttled: () => awsError('RequestLimitExceeded', 'Request limit exceeded.', 503),
};
