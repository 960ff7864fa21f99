// The resources that the sandbox serves, and those that change nothing of what happens in it.
import type { Sandbox } from '../index.ts';
import { isFields, type Properties, unknown } from './template.ts';

/** What a template may ask of a resource that is there. */
export interface Physical {
  ref: string;
  attributes: Readonly<Record<string, string>>;
}

type Create = (id: string, properties: Properties, sandbox: Sandbox) => Physical;

/** What is there for people, for accounts other than this one, or says what the sandbox's services allow one another anyway. */
export const IGNORED: ReadonlySet<string> = new Set([
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::Lambda::Permission',
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
]);

const numberOr = <T>(value: unknown, none: T): number | T => (value === undefined ? none : Number(value));
const nameIn = (arn: unknown): string => String(arn).split(':').at(-1) ?? '';
const arn = ({ accountId, env }: Sandbox, service: string, rest: string): string =>
  `arn:aws:${service}:${env.AWS_REGION}:${accountId}:${rest}`;

function queue(id: string, properties: Properties, sandbox: Sandbox): Physical {
  const { VisibilityTimeout, DelaySeconds, MessageRetentionPeriod, RedrivePolicy } = properties;
  const redrive = isFields(RedrivePolicy) ? RedrivePolicy : undefined;
  const made = sandbox.world().createQueue(id, {
    visibilityTimeout: numberOr(VisibilityTimeout, 30),
    delaySeconds: numberOr(DelaySeconds, 0),
    messageRetentionPeriod: numberOr(MessageRetentionPeriod, 345_600),
    ...(redrive && { deadLetterQueue: nameIn(redrive.deadLetterTargetArn), maxReceiveCount: Number(redrive.maxReceiveCount) }),
  });
  return { ref: made.url, attributes: { Arn: made.arn, QueueName: id } };
}

function topic(id: string, { KmsMasterKeyId }: Properties, sandbox: Sandbox): Physical {
  const made = sandbox.world().createTopic(id, KmsMasterKeyId === undefined ? {} : { kmsKeyId: nameIn(KmsMasterKeyId) });
  return { ref: made.arn, attributes: { TopicName: id } };
}

/** Somebody's mailbox is not in the sandbox; a queue is. */
function subscription(id: string, { Protocol, TopicArn, Endpoint }: Properties, sandbox: Sandbox): Physical {
  if (Protocol === 'sqs') sandbox.world().subscribe(String(TopicArn), 'sqs', String(Endpoint));
  else if (Protocol !== 'email') unknown(`a subscription of ${JSON.stringify(Protocol)}`);
  return { ref: id, attributes: {} };
}

function table(id: string, { KeySchema }: Properties, sandbox: Sandbox): Physical {
  const wanted = JSON.stringify([
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ]);
  if (JSON.stringify(KeySchema) !== wanted) unknown(`a table with the keys ${JSON.stringify(KeySchema)}`);
  sandbox.world().createTable(id);
  return { ref: id, attributes: { Arn: arn(sandbox, 'dynamodb', `table/${id}`) } };
}

const named =
  (service: string, prefix: string): Create =>
  (id, _, sandbox) => ({ ref: id, attributes: { Arn: arn(sandbox, service, `${prefix}${id}`) } });

/** How each type comes to be. Functions, roles and what connects them are the deployment's own: index.ts. */
export const CREATE: Readonly<Record<string, Create>> = {
  'AWS::SQS::Queue': queue,
  'AWS::SNS::Topic': topic,
  'AWS::SNS::Subscription': subscription,
  'AWS::DynamoDB::Table': table,
  'AWS::KMS::Key': named('kms', 'key/'),
  'AWS::Logs::LogGroup': named('logs', 'log-group:'),
  'AWS::IAM::Role': (id, _, { accountId }) => ({ ref: id, attributes: { Arn: `arn:aws:iam::${accountId}:role/${id}` } }),
};
