// A function that does what its event asks for: bundled by the tests and run by the invoker.
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

interface Context {
  awsRequestId: string;
  functionName: string;
  invokedFunctionArn: string;
  memoryLimitInMB: string;
  getRemainingTimeInMillis(): number;
}

interface Asked {
  do?: string;
  queueUrl?: string;
  topicArn?: string;
  texts?: string[];
  Records?: { messageId: string; body: string }[];
}

let served = 0;

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const DEEDS: Readonly<Record<string, (event: Asked, context: Context) => unknown>> = {
  count: () => served,
  time: () => ({
    now: Date.now(),
    date: new Date().toISOString(),
    called: Date(),
    year: new Date(2020, 0).getFullYear(),
    isDate: new Date() instanceof Date,
  }),
  environment: () => ({ variables: process.env, folder: process.cwd(), arguments: process.argv.length, channel: typeof process.send }),
  context: async (_, context) => {
    const before = context.getRemainingTimeInMillis();
    await pause(50);
    return { ...context, before, after: context.getRemainingTimeInMillis() };
  },
  echo: (event) => event,
  nothing: () => undefined,
  circle: () => {
    const circle: Record<string, unknown> = {};
    circle.circle = circle;
    return circle;
  },
  throw: () => {
    throw Object.assign(new Error('no such table'), { name: 'LedgerError' });
  },
  'throw a text': () => {
    throw 'text';
  },
  sleep: () => pause(60_000),
  exit: () => process.exit(0),
  'exit badly': () => process.exit(3),
  'forget a promise': async () => {
    void Promise.reject(new Error('forgotten'));
    await pause(1000);
  },
  log: () => {
    console.log('one\ntwo');
    console.error('trouble');
    process.stdout.write('unfinished');
    process.stdout.write(' line\nno end');
  },
  'log much': () => {
    for (let line = 0; line < 20_000; line += 1) console.log(`line ${line} ${'x'.repeat(100)}`);
  },
  metrics: () => {
    const at = Date.now();
    const directive = (Dimensions: string[][], Name = 'Runs') => ({ Namespace: 'Fixture', Dimensions, Metrics: [{ Name, Unit: 'Count' }] });
    const line = (CloudWatchMetrics: object[], fields: object) =>
      console.log(JSON.stringify({ _aws: { Timestamp: at, CloudWatchMetrics }, ...fields }));
    line([directive([[], ['region']])], { region: 'us-east-1', Runs: 1 });
    line([directive([['region']])], { Runs: 1 });
    line([directive([[]], 'Missing')], {});
  },
  send: async ({ queueUrl: QueueUrl, texts = [] }) => {
    const sqs = new SQSClient({ maxAttempts: 1 });
    for (const MessageBody of texts) await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    return texts.length;
  },
  publish: async ({ topicArn: TopicArn }) => {
    await new SNSClient({ maxAttempts: 1 }).send(new PublishCommand({ TopicArn, Message: 'hello' }));
  },
};

export async function handler(event: Asked, context: Context): Promise<unknown> {
  served += 1;
  if (event.Records) return batch(event.Records);
  return DEEDS[event.do ?? '']?.(event, context);
}

/** What a batch answers is what its first message asks for. */
function batch(records: { messageId: string; body: string }[]): unknown {
  const failing = records.filter(({ body }) => body.startsWith('fail')).map(({ messageId }) => ({ itemIdentifier: messageId }));
  switch (records[0]?.body) {
    case 'throw':
      throw new Error('the batch failed');
    case 'nothing':
      return undefined;
    case 'null':
      return { batchItemFailures: null };
    case 'unknown':
      return { batchItemFailures: [{ itemIdentifier: 'unknown' }] };
    case 'empty':
      return { batchItemFailures: [{ itemIdentifier: '' }] };
    default:
      return { batchItemFailures: failing };
  }
}

export const second = async () => 'second';
export const batchOf = async (event: unknown) => console.log(JSON.stringify(event));
