import type { ActionsBlock, ContextBlock, DividerBlock, HeaderBlock, RichTextBlock, SectionBlock } from '@slack/types';

/** The blocks that the sandbox knows. */
export type SlackBlock = ActionsBlock | ContextBlock | DividerBlock | HeaderBlock | RichTextBlock | SectionBlock;

/** What messages and ephemerals show. */
export interface Content {
  /** What notifications say; the message itself where it has no blocks. */
  text: string;
  blocks?: SlackBlock[];
  /** False: `text` is shown as it is. */
  mrkdwn?: boolean;
  /** `none`: nothing in `text` becomes a link by itself. */
  parse?: 'none';
}

/** A message as Slack keeps it. */
export interface SlackMessage extends Content {
  type: 'message';
  channel: string;
  ts: string;
  /** Who wrote it; the app's is `bot_id`'s. */
  user: string;
  bot_id?: string;
  app_id?: string;
  team: string;
  /** Of a reply: its parent's ts. */
  thread_ts?: string;
  /** A reply that the whole channel sees as well. */
  subtype?: 'thread_broadcast';
  edited?: { user: string; ts: string };
}

/** What one person sees, for a while. */
export interface Ephemeral extends Content {
  channel: string;
  user: string;
  via: 'response_url' | 'chat.postEphemeral';
  at: number;
  thread_ts?: string;
}
