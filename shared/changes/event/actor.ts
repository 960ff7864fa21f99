import type { Actor } from '../change.ts';
import { type Fields, textIn, within } from './record-fields.ts';

// How tools call themselves in `userAgent`; the first that fits. Terraform's and CDK's names come before those of the SDKs that they use.
const TOOLS: readonly (readonly [RegExp, string])[] = [
  [/terraform/i, 'terraform'],
  [/opentofu/i, 'opentofu'],
  [/pulumi/i, 'pulumi'],
  [/^cloudformation\.amazonaws\.com$/i, 'CloudFormation'],
  [/^(?:console|signin)\.amazonaws\.com$|^Mozilla\/|^AWS Internal$/i, 'console'],
  [/cdk/i, 'cdk'],
  [/^aws-cli\//i, 'aws-cli'],
  [/^amazon-vpc-resource-controller-k8s/i, 'VPC resource controller'],
  [/^elbv2\.k8s\.aws/i, 'AWS Load Balancer Controller'],
  [/^boto3\//i, 'boto3'],
  [/aws-sdk-|^botocore\//i, 'an AWS SDK'],
];

/** Who was behind the call of a CloudTrail record, and with what. */
export function actorOf(detail: Fields): Actor {
  const identity = within(detail, 'userIdentity');
  const issuer = within(identity, 'sessionContext', 'sessionIssuer');
  const arn = textIn(identity, 'arn');
  const invokedBy = textIn(identity, 'invokedBy');
  const isSession = textIn(identity, 'type') === 'AssumedRole';
  // `AROA…:session`; the ARN ends with it as well.
  const session = textIn(identity, 'principalId')?.split(':')[1] ?? arn?.split('/').at(-1) ?? null;
  return {
    principal: arn ?? textIn(identity, 'userName', 'principalId') ?? invokedBy ?? 'somebody whom the record does not name',
    session: isSession ? session : null,
    role: isSession ? textIn(issuer, 'arn') : null,
    invokedBy,
    tool: toolOf(detail, invokedBy),
    sourceAddress: textIn(detail, 'sourceIPAddress'),
  };
}

function toolOf(detail: Fields, invokedBy: string | null): string {
  if (textIn(detail, 'sessionCredentialFromConsole') === 'true') return 'console';
  const agent = invokedBy ?? textIn(detail, 'userAgent') ?? '';
  const known = TOOLS.find(([pattern]) => pattern.test(agent));
  // What it calls itself, as far as that is one word.
  return known?.[1] ?? (agent.split(/[\s/]/)[0] || 'an unnamed tool');
}
