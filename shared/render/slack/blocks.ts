import type { ContextBlock, HeaderBlock, PlainTextElement } from '@slack/types';
import type { Message } from '../../content/document.ts';
import { bytesOf, clean, cut } from '../../content/text.ts';
import { asText } from '../chat-text.ts';
import { named } from './people.ts';
import type { People } from './rich-text.ts';

// Counted in bytes, which no way of counting characters exceeds.
const HEADER_BYTES = 150;
const WHERE_BYTES = 40;
const TAG_BYTES = 20;
const CONTEXT_BYTES = 300;
// An entity has five.
const TEXT_BYTES = 200;

/** A text that Slack takes nothing out of; never an empty one. */
export const plain = (text: string, most: number): PlainTextElement => ({
  type: 'plain_text',
  text: cut(clean(text).trim(), most).trim() || '-',
  emoji: false,
});

export const header = (title: string): HeaderBlock => ({ type: 'header', text: plain(title, HEADER_BYTES) });

/** What is read last: small, below. */
export function context(says: readonly string[]): ContextBlock[] {
  const text = says.map((each) => clean(each).trim()).filter((each) => each !== '');
  return text.length > 0 ? [{ type: 'context', elements: [plain(text.join(' | '), CONTEXT_BYTES)] }] : [];
}

/** What a phone shows of a message: how urgent, what and where; and whether the whole headline is in it. */
export function titleOf(message: Message, people: People): { title: string; isWhole: boolean } {
  const shown = (text: string) => clean(named(text, people)).trim();
  const tag = cut(shown(message.tag), TAG_BYTES);
  const head = `${tag}${tag.endsWith('?') ? '' : ':'} `;
  const place = cut(shown(message.where), WHERE_BYTES);
  const tail = place ? ` (${place})` : '';
  const fitting = (text: string) => cut(text, HEADER_BYTES - bytesOf(head + tail));
  const headline = shown(message.headline);
  const said = fitting(headline);
  const about = shown(message.about);
  // Where the headline is too long, what it is about must not be what is cut.
  return { title: head + (said.includes(about) ? said : fitting(`${about}: ${headline}`)) + tail, isWhole: said === headline };
}

/** What is shown without blocks, where Slack reads markup: every text as text. */
export const fallback = (title: string): string =>
  asText(cut(clean(title), TEXT_BYTES))
    // Behind a name that was cut, nothing distinguishes the end of a host from the end of a sentence.
    .replace(/(?<=\bwww)\./gi, '․')
    .replaceAll('&', '&amp;')
    .trim() || '-';
