// A message as people see it, roughly: for goldens that a person can read.
import type { KnownBlock, RichTextBlockElement, RichTextElement } from '@slack/types';
import type { SlackText } from '../../../shared/render/slack/message.ts';

const elementOf = (element: RichTextElement): string => {
  if (element.type === 'text') return element.style?.bold ? `**${element.text}**` : element.text;
  if (element.type === 'user') return `<user ${element.user_id}>`;
  return element.type === 'channel' ? `<channel ${element.channel_id}>` : `<${element.type}>`;
};

const richOf = (part: RichTextBlockElement): string => {
  if (part.type === 'rich_text_list') return part.elements.map((each) => `• ${each.elements.map(elementOf).join('')}`).join('\n');
  const text = part.elements.map(elementOf).join('');
  return part.type === 'rich_text_preformatted' ? text.replace(/^/gm, '    ') : text;
};

const blockOf = (block: KnownBlock): string => {
  switch (block.type) {
    case 'header':
      return `# ${block.text.text}`;
    case 'rich_text':
      return block.elements.map(richOf).join('\n');
    case 'context':
      return block.elements.map((each) => `(${'text' in each ? each.text : each.type})`).join(' ');
    case 'actions':
      return block.elements.map(actionOf).join(' ');
    default:
      return `<${block.type}>`;
  }
};

const actionOf = (element: Extract<KnownBlock, { type: 'actions' }>['elements'][number]): string => {
  if (element.type === 'button') return `[${element.text.text}${element.confirm ? `: ${element.confirm.text.text}` : ''}]`;
  return element.type === 'static_select'
    ? `[${element.placeholder?.text}: ${element.options?.map(({ text }) => text.text).join(', ')}]`
    : `<${element.type}>`;
};

/** A message, or several one after the other. */
export const drawn = (...messages: readonly SlackText[]): string =>
  messages.map(({ text, blocks }) => `[${text}]\n\n${blocks.map(blockOf).join('\n\n')}\n`).join('\n----\n\n');
