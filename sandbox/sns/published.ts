import type { MessageAttributes } from '../messages/attributes.ts';

/** A message that a topic accepted. */
export interface Published {
  at: Date;
  region: string;
  topicArn: string;
  messageId: string;
  subject?: string;
  /** As it was sent. */
  message: string;
  /** What subscribers of each protocol get: `default`, and what MessageStructure json gives others, e.g. `email`. */
  texts: Readonly<Record<string, string>>;
  attributes: MessageAttributes;
  /** ARNs of the queues that got it. */
  deliveredTo: readonly string[];
  /** Subscriptions that should have got it and did not. */
  dropped: readonly { endpoint: string; reason: string }[];
}
