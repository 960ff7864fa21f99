import type { ContextBlock, RichTextBlock, RichTextElement, RichTextSection, TextObject } from '@slack/types';
import { clickables } from './click.ts';
import type { Content, SlackBlock } from './message.ts';
import { emojiIn, type Markup, noMarkup, readMrkdwn } from './mrkdwn.ts';

/** What a person sees of a message. */
export interface Seen extends Markup {
  /** All blocks in their order, or the text of a message without blocks. A button is `[Approve]`, a menu `[Snooze: 1 day | 7 days]`. */
  text: string;
}

/** What a person sees of a message, and every piece of it that is shown as something else than it says. Notifications count. */
export function seen(content: Content): Seen {
  const markup = noMarkup();
  const links = content.parse !== 'none';
  const plain = content.mrkdwn === false;
  const fallback = plain ? content.text : mrkdwn(content.text, links, markup);
  if (!content.blocks) return { text: fallback, ...markup };
  return { text: content.blocks.flatMap((block) => blockText(block, markup)).join('\n'), ...markup };
}

function blockText(block: SlackBlock, markup: Markup): string[] {
  switch (block.type) {
    case 'header':
      return [textObject(block.text, markup)];
    case 'section':
      return [...[block.text ?? []].flat(), ...(block.fields ?? [])].map((each) => textObject(each, markup)).concat(buttons(block, markup));
    case 'context':
      return [block.elements.map((element) => contextText(element, markup)).join(' ')];
    case 'divider':
      return [];
    case 'actions':
      return buttons(block, markup);
    case 'rich_text':
      return richText(block, markup);
  }
}

const contextText = (element: ContextBlock['elements'][number], markup: Markup): string =>
  element.type === 'image' ? element.alt_text : textObject(element, markup);

function textObject(given: TextObject, markup: Markup): string {
  if (given.type === 'mrkdwn') return mrkdwn(given.text, given.verbatim !== true, markup);
  if (given.emoji !== false) markup.emoji.push(...emojiIn(given.text));
  return given.text;
}

function mrkdwn(text: string, links: boolean, into: Markup): string {
  const read = readMrkdwn(text, links);
  for (const kind of ['mentions', 'links', 'emoji', 'formatted'] as const) into[kind].push(...read.markup[kind]);
  return read.text;
}

/** Dialogs are seen after a click only; what is markup in them is told all the same. */
function buttons(block: SlackBlock, markup: Markup): string[] {
  return clickables(block).map((element) => {
    const { title, text, confirm, deny } = element.confirm ?? {};
    for (const each of [title, text, confirm, deny]) if (each) textObject(each, markup);
    if (element.type === 'button') return `[${textObject(element.text, markup)}]`;
    const options = (element.options ?? []).map((option) => textObject(option.text, markup)).join(' | ');
    const label = element.type === 'static_select' && element.placeholder ? textObject(element.placeholder, markup) : '…';
    return `[${label}: ${options}]`;
  });
}

function richText({ elements }: RichTextBlock, markup: Markup): string[] {
  const line = (all: readonly RichTextElement[]) => all.map((element) => richElement(element, markup)).join('');
  return elements.flatMap((part) =>
    part.type === 'rich_text_list' ? part.elements.map((item: RichTextSection) => line(item.elements)) : [line(part.elements)],
  );
}

// Only its type makes an element a mention, a link or an emoji; a text is a text.
function richElement(element: RichTextElement, markup: Markup): string {
  const told = (kind: 'mentions' | 'links' | 'emoji', piece: string, text = piece) => {
    markup[kind].push(piece);
    return text;
  };
  switch (element.type) {
    case 'text':
      return element.text;
    case 'link':
      return told('links', element.url, element.text ?? element.url);
    case 'user':
      return told('mentions', `@${element.user_id}`);
    case 'usergroup':
      return told('mentions', `@${element.usergroup_id}`);
    case 'broadcast':
      return told('mentions', `@${element.range}`);
    case 'channel':
      return told('mentions', `#${element.channel_id}`);
    case 'emoji':
      return told('emoji', `:${element.name}:`);
    case 'date':
      if (element.url) told('links', element.url);
      return element.fallback ?? new Date(element.timestamp * 1000).toISOString();
    case 'color':
      return element.value;
    case 'team':
      return told('mentions', `@${element.team_id}`);
  }
}
