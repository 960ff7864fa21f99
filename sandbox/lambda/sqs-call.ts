import { isFields, type Params } from '../http/param.ts';
import type { Sandbox } from '../index.ts';

/** A call of SQS that Lambda makes itself, with a function's role; recorded and struck by faults like every other. */
export async function callSqs(sandbox: Sandbox, accessKeyId: string, action: string, params: Params): Promise<Params> {
  const response = await fetch(sandbox.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `AmazonSQS.${action}`,
      authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20261121/${sandbox.env.AWS_REGION}/sqs/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify(params),
  });
  const body: unknown = await response.json();
  const answer = isParams(body) ? body : {};
  if (response.ok) return answer;
  throw new Error(`Lambda could not call sqs:${action} on ${String(params.QueueUrl)}: ${String(answer.__type)}: ${String(answer.message)}`);
}
const isParams = (value: unknown): value is Params => typeof value === 'object' && value !== null;

/** The structures of a list in an answer. */
export const structuresOf = (value: Params[string] | undefined): Params[] =>
  Array.isArray(value) ? value.map((each) => (isFields(each) ? each : {})) : [];
