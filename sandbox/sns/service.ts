import { awsError } from '../aws-error.ts';
import type { Params } from '../http/param.ts';
import type { AwsService, CallContext } from '../http/service.ts';
import { readQuery } from '../query/params.ts';
import { element, type XmlValue, xmlAnswer } from '../query/xml.ts';
import { publish, publishBatch } from './publish.ts';

const XMLNS = 'http://sns.amazonaws.com/doc/2010-03-31/';

const ACTIONS: Readonly<Record<string, (params: Params, context: CallContext) => Readonly<Record<string, XmlValue>>>> = {
  Publish: publish,
  PublishBatch: publishBatch,
};

/** Amazon SNS: the Query protocol. Topics and subscriptions are made by `world()`. */
export const sns: AwsService = {
  recognise: (request) => {
    const { action, params } = readQuery(request);
    if (!ACTIONS[action]) {
      const known = Object.keys(ACTIONS).join(', ');
      throw awsError('InvalidAction', `Could not find operation ${action} in the sandbox's SNS. It has: ${known}.`);
    }
    return { action, params, mutating: true };
  },
  answer: ({ action, params }, context) => {
    const result = ACTIONS[action]?.(params, context);
    const body = { [`${action}Result`]: result, ResponseMetadata: { RequestId: context.requestId } };
    return xmlAnswer(200, element(`${action}Response`, body, XMLNS, 'member'), context.requestId);
  },
  fail: ({ code, message, status }, requestId) => {
    const error = { Type: status < 500 ? 'Sender' : 'Receiver', Code: code, Message: message };
    return xmlAnswer(status, element('ErrorResponse', { Error: error, RequestId: requestId }, XMLNS), requestId);
  },
  denied: ({ params }, caller) =>
    awsError(
      'AuthorizationError',
      // IAM knows no PublishBatch: it is Publish that must be allowed.
      `User: ${caller} is not authorized to perform: SNS:Publish on resource: ${String(params.TopicArn)} because no identity-based policy allows the SNS:Publish action`,
      403,
    ),
  throttled: () => awsError('Throttling', 'Rate exceeded', 400),
};
