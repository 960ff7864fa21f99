import { awsError } from '../aws-error.ts';
import type { AwsService } from '../http/service.ts';
import { jsonAnswer, readJson } from '../json/protocol.ts';
import { putMetricData } from './put-metric-data.ts';

// CloudWatch spoke the Query protocol once; a header still tells what such a client would have got.
const QUERY_CODES: Readonly<Record<string, string>> = {
  InvalidParameterValueException: 'InvalidParameterValue',
  InvalidParameterCombinationException: 'InvalidParameterCombination',
  MissingRequiredParameterException: 'MissingParameter',
};

/** Amazon CloudWatch: AWS JSON 1.0. */
export const cloudwatch: AwsService = {
  recognise: (request) => {
    const { action, params } = readJson(request, 'GraniteServiceVersion20100801');
    if (action !== 'PutMetricData') {
      throw awsError('UnknownOperationException', `The sandbox's CloudWatch has no ${action}. It has: PutMetricData.`);
    }
    return { action, params, mutating: true };
  },
  answer: ({ params }, context) => {
    putMetricData(params, context);
    return jsonAnswer(200, {}, context.requestId);
  },
  fail: ({ code, message, status }, requestId) =>
    jsonAnswer(status, { __type: `com.amazonaws.cloudwatch#${code}`, message }, requestId, {
      'x-amzn-query-error': `${QUERY_CODES[code] ?? code};${status < 500 ? 'Sender' : 'Receiver'}`,
    }),
  denied: (_, caller) =>
    awsError(
      'AccessDenied',
      `User: ${caller} is not authorized to perform: cloudwatch:PutMetricData because no identity-based policy allows the cloudwatch:PutMetricData action`,
      403,
    ),
  throttled: () => awsError('Throttling', 'Rate exceeded', 400),
};
