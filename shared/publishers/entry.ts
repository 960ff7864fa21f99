import { bytesOf } from '../content/text.ts';
import { type Attribute, attributesOf } from './attributes.ts';
import { chatMessage } from './chat.ts';
import { humanMessage } from './human.ts';
import { toJson } from './json.ts';
import { MESSAGE_BYTES } from './limits.ts';
import { machineMessage } from './machine.ts';
import type { Parcel } from './parcels.ts';

/** One message as SNS takes it. */
export interface Entry {
  Message: string;
  MessageStructure?: 'json';
  Subject?: string;
  MessageAttributes: Record<string, Attribute>;
}

/** What SNS counts against its limit, and the subject, which it may count. */
export function entryBytes({ Message, Subject = '', MessageAttributes }: Entry): number {
  const attributes = Object.entries(MessageAttributes).map(([name, { DataType, StringValue }]) => name + DataType + StringValue);
  return [Message, Subject, ...attributes].reduce((sum, text) => sum + bytesOf(text), 0);
}

/**
 * A message for the findings topic. Every protocol gets the machine-readable form (SQS, Lambda, HTTPS, Firehose, e-mail as JSON) but
 * those that people read: e-mail gets the text, a text message the subject. All forms count in the size.
 */
export function findingsEntry(parcel: Parcel): Entry {
  const { subject, text } = humanMessage(parcel);
  const MessageAttributes = attributesOf(parcel);
  const entry = (machine: string): Entry => ({
    Message: toJson({ default: machine, email: text, sms: subject }),
    MessageStructure: 'json',
    Subject: subject,
    MessageAttributes,
  });
  return entry(machineMessage(parcel, (machine) => entryBytes(entry(machine)) <= MESSAGE_BYTES));
}

/** A message for the chat topic. Its one subscriber wants the schema and nothing else. */
export const chatEntry = (parcel: Parcel): Entry => ({ Message: chatMessage(parcel), MessageAttributes: attributesOf(parcel) });
