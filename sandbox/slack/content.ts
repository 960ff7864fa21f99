import { type Arguments, flagOf, textOf } from './arguments.ts';
import { checkBlocks } from './blocks/check.ts';
import type { Content } from './message.ts';
import { refusal } from './refusal.ts';

// Slack truncates beyond 40,000 and says that 4,000 are best; chat.update refuses more than 4,000.
const TEXT = 4000;

/** What a message is to show. Blocks without a text would notify people of nothing, so they are refused although Slack takes them. */
export function contentOf(args: Arguments): Content {
  const text = textOf(args, 'text');
  const blocks = args.blocks === undefined ? undefined : checkBlocks(args.blocks);
  if (text === undefined || text.trim() === '') {
    throw refusal('no_text', blocks ? 'there are blocks, and no text for notifications' : 'there is neither text nor blocks');
  }
  // UTF-16 units are never fewer than code points: whichever Slack counts, it counts no more than this.
  if (text.length > TEXT) throw refusal('msg_too_long', `the text has ${text.length} characters; ${TEXT} are allowed`);
  const mrkdwn = flagOf(args, 'mrkdwn');
  const parse = textOf(args, 'parse');
  if (parse !== undefined && parse !== 'none') throw refusal('invalid_arguments', `the sandbox knows no ${parse} [json-pointer:/parse]`);
  return { text, ...(blocks ? { blocks } : {}), ...(mrkdwn === undefined ? {} : { mrkdwn }), ...(parse ? { parse } : {}) };
}
