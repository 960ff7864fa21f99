import { bytesOf } from '../content/text.ts';
import { type Attribute, attributesOf } from '../render/attributes.ts';
import { messageOf } from '../render/batch-content.ts';
import type { Batch } from '../render/batches.ts';
import { chatOf } from '../render/chat.ts';
import { emailOf } from '../render/email.ts';
import { toJson } from '../render/json.ts';
import { MESSAGE_BYTES } from '../render/limits.ts';
import { machineOf } from '../render/machine.ts';

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
export function findingsEntry(batch: Batch): Entry {
  const { subject, text } = emailOf(messageOf(batch));
  const MessageAttributes = attributesOf(batch);
  const entry = (machine: string): Entry => ({
    Message: toJson({ default: machine, email: text, sms: subject }),
    MessageStructure: 'json',
    Subject: subject,
    MessageAttributes,
  });
  return entry(machineOf(batch, (machine) => entryBytes(entry(machine)) <= MESSAGE_BYTES));
}

/** A message for the chat topic. Its one subscriber wants the schema and nothing else. */
export const chatEntry = (batch: Batch): Entry => ({ Message: chatOf(batch), MessageAttributes: attributesOf(batch) });
