// What SNS, SQS and Amazon Q Developer take, written from their documentation and not from our code.
import type { PublishBatchRequestEntry } from '@aws-sdk/client-sns';

type Entry = Omit<PublishBatchRequestEntry, 'Id'>;

// https://docs.aws.amazon.com/sns/latest/dg/sns-publishing.html: names of protocols; others would be ignored.
const PROTOCOLS = new Set(['default', 'email', 'email-json', 'sqs', 'lambda', 'http', 'https', 'sms', 'firehose', 'application']);
// SQS takes the characters of XML 1.0: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
const XML = /^[\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u;
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const bytes = (text: string): number => new TextEncoder().encode(text).length;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Everything that SNS counts of one message. */
export function sizeOf({ Message = '', Subject = '', MessageAttributes = {} }: Entry): number {
  const attributes = Object.entries(MessageAttributes).map(([name, value]) => name + value.DataType + value.StringValue);
  return bytes(Message) + bytes(Subject) + attributes.reduce((sum, text) => sum + bytes(text), 0);
}

/** Every limit that a message breaks; a message for the findings topic has a subject and forms per protocol. */
export function snsViolations(entry: Entry): string[] {
  const { Message = '', Subject, MessageStructure, MessageAttributes = {} } = entry;
  const broken: string[] = [];
  const expect = (holds: boolean, what: string) => (holds ? undefined : broken.push(what));
  expect(sizeOf(entry) <= 200 * 1024, `size is ${sizeOf(entry)}`);
  expect(Message.length > 0 && XML.test(Message), 'characters of the message');
  if (Subject !== undefined) expect(/^[!-~][ -~]{0,98}$/.test(Subject), `subject ${JSON.stringify(Subject)}`);
  if (MessageStructure !== undefined) broken.push(...formViolations(MessageStructure, Message));
  const names = Object.keys(MessageAttributes);
  expect(names.length <= 8, `${names.length} attributes`);
  expect(
    names.every((name) => /^[A-Za-z0-9_-]{1,256}$/.test(name)),
    'attribute names',
  );
  for (const [name, { DataType, StringValue = '' }] of Object.entries(MessageAttributes)) {
    expect(StringValue !== '' && XML.test(StringValue) && !UNSEEN.test(StringValue), `attribute ${name} is ${JSON.stringify(StringValue)}`);
    if (DataType === 'String.Array') expect(isListOfTexts(StringValue), `attribute ${name} is no list: ${StringValue}`);
    else expect(DataType === 'String', `attribute ${name} is a ${DataType}`);
  }
  return broken;
}

function isListOfTexts(json: string): boolean {
  const list: unknown = JSON.parse(json);
  return Array.isArray(list) && list.length > 1 && list.every((item) => typeof item === 'string' && item !== '');
}

function formViolations(structure: string, message: string): string[] {
  const forms: unknown = JSON.parse(message);
  if (structure !== 'json' || !isRecord(forms)) return ['MessageStructure'];
  return [
    ...(typeof forms.default === 'string' ? [] : ['no default form']),
    ...Object.entries(forms).flatMap(([protocol, form]) => {
      if (!PROTOCOLS.has(protocol)) return `unknown protocol ${protocol}`;
      return typeof form === 'string' && form !== '' && XML.test(form) ? [] : `form ${protocol} is not for delivery`;
    }),
    ...(typeof forms.email === 'string' && !UNSEEN.test(forms.email.replaceAll('\n', '')) ? [] : ['e-mail steers or hides']),
  ];
}

const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

const LABEL = /^\*[A-Za-z ]+:\* /gm;
const CODE = /(?:^| )`[^`<>&\n]+`/g;

/** What chat clients would take for markup; `ours` is the markup that we mean. */
export function markupIn(text: string, ours?: RegExp): string[] {
  // An ARN has colons around words; no standard emoji is called as an account.
  const theirs = (ours ? text.replace(ours, '') : text).replace(/\barn:aws[^\s<>`]*/g, (arn) => arn.replaceAll(':', ' '));
  const MARKUP = [
    /[<>`]/,
    /&\w+;|&#\w+;/,
    /(?<![\p{L}\p{N}])@[\p{L}\p{N}]/u,
    /:\/\//,
    /\bwww\./i,
    /\w\.(?:com|example|io)\b/i,
    /\]\(/,
    /[*~]/,
    /(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/u,
    /(?<!\w):[\w+-]+:/,
  ];
  return MARKUP.flatMap((markup) => theirs.match(markup)?.[0] ?? []);
}

/** Everything that Amazon Q Developer would drop or render otherwise than as text. */
export function chatViolations(message: string): string[] {
  const parsed: unknown = JSON.parse(message);
  if (!isRecord(parsed) || !isRecord(parsed.content) || !isRecord(parsed.metadata)) return ['no custom notification'];
  const { version, source, content, metadata } = parsed;
  const { title, description, nextSteps = ['-'], textType } = content;
  const steps = Array.isArray(nextSteps) ? nextSteps : [];
  const isShort = (text: unknown, most: number) => typeof text === 'string' && text !== '' && text.length <= most;
  return [
    ...(version === '1.0' && source === 'custom' && textType === 'client-markdown' ? [] : ['version, source or textType']),
    ...(isShort(title, 250) ? [] : ['title']),
    ...(isShort(description, 8_000) ? [] : ['description']),
    ...(steps.length > 0 && steps.every((step) => isShort(step, 1_100)) ? [] : ['nextSteps']),
    ...(typeof metadata.threadId === 'string' && /^[\w-]{1,64}$/.test(metadata.threadId) ? [] : ['threadId']),
    ...(isShort(metadata.summary, 250) ? [] : ['summary']),
    ...(textsIn(parsed).some((text) => UNSEEN.test(text.replaceAll('\n', ''))) ? ['steers or hides'] : []),
    ...markupIn(String(description), LABEL),
    ...steps.flatMap((step) => markupIn(String(step), CODE)),
    ...[title, content.keywords, metadata].flatMap(textsIn).flatMap((text) => markupIn(text)),
  ];
}
