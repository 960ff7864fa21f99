import type { Message } from '../../content/document.ts';
import { fallback, header, titleOf } from './blocks.ts';
import type { SlackText } from './message.ts';
import { peopleOf } from './people.ts';
import { line, richText } from './rich-text.ts';

const CHANNEL = /^[CG][A-Z0-9]{2,20}$/;

/** What is left in the place of a message that goes on in another channel. */
export function movedMessage(message: Message, channel: string): SlackText {
  const { title } = titleOf(message, peopleOf(message));
  const where = CHANNEL.test(channel) ? ([{ type: 'channel', channel_id: channel }] as const) : line('', channel).elements;
  return {
    text: fallback(`${title} goes on in another channel`),
    blocks: [
      header(title),
      ...richText([{ as: 'line', elements: [{ type: 'text', text: 'Goes on in ' }, ...where, { type: 'text', text: '.' }] }]),
    ],
  };
}
