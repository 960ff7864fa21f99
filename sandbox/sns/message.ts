import { awsError } from '../aws-error.ts';
import { isFields, type Params } from '../http/param.ts';
import { attributesSize, type MessageAttributes, readAttributes } from '../messages/attributes.ts';
import { structures, text } from '../query/params.ts';

/** What is published, checked. */
export interface TopicMessage {
  message: string;
  subject?: string;
  texts: Readonly<Record<string, string>>;
  attributes: MessageAttributes;
  /** In bytes, attributes included. */
  size: number;
}

/** 256 KiB: what a topic takes in one message, or in one batch, attributes included. */
export const MAX_SIZE = 262_144;

const invalid = (what: string) => awsError('InvalidParameter', `Invalid parameter: ${what}`);

/** The message of a Publish, or of one entry of a PublishBatch. */
export function readMessage(params: Params): TopicMessage {
  const message = text(params, 'Message');
  if (!message) throw invalid('Empty message');
  const subject = readSubject(text(params, 'Subject'));
  const attributes = readAttributes(givenAttributes(params), {
    dataType: /^(?:String|String\.Array|Number|Binary)$/,
    refuse: (why) => awsError('ParameterValueInvalid', why),
  });
  const size = Buffer.byteLength(message) + attributesSize(attributes);
  if (size > MAX_SIZE) throw invalid('Message too long');
  return {
    message,
    ...(subject === undefined ? {} : { subject }),
    texts: textsOf(message, text(params, 'MessageStructure')),
    attributes,
    size,
  };
}

// "UTF-8 text, no line breaks or control characters, less than 100 characters"; e-mail needs ASCII, so that is what the sandbox takes.
function readSubject(subject: string | undefined): string | undefined {
  if (subject === undefined) return undefined;
  if (!/^[!-~][ -~]{0,98}$/.test(subject)) throw invalid('Subject');
  return subject;
}

function givenAttributes(params: Params): (readonly [string, Params])[] {
  const { MessageAttributes: given } = params;
  const entries = isFields(given) ? structures(given, 'entry') : [];
  return entries.map(({ Name, Value }) => [String(Name ?? ''), isFields(Value) ? Value : {}]);
}

function textsOf(message: string, structure: string | undefined): Record<string, string> {
  if (structure === undefined) return { default: message };
  if (structure !== 'json') throw invalid('MessageStructure');
  const parsed = parseObject(message);
  if (!parsed || hasTwins(message)) throw invalid('Message Structure - JSON message body failed to parse');
  if (typeof parsed.default !== 'string') throw invalid('Message Structure - No default entry in JSON message body');
  return Object.fromEntries(Object.entries(parsed).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function parseObject(message: string): Record<string, unknown> | undefined {
  try {
    const parsed: unknown = JSON.parse(message);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : undefined;
  } catch {
    return undefined;
  }
}

// JSON.parse takes the last of two equal keys; SNS refuses the message.
function hasTwins(message: string): boolean {
  const tokens = message.match(/"(?:[^"\\]|\\.)*"|[{}[\]:]/g) ?? [];
  const keys: string[] = [];
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    if (token === '{' || token === '[') depth += 1;
    if (token === '}' || token === ']') depth -= 1;
    if (depth === 1 && token.startsWith('"') && tokens[index + 1] === ':') keys.push(JSON.parse(token));
  }
  return new Set(keys).size < keys.length;
}
