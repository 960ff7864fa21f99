// What Slack takes, written from its documentation and not from our code: https://docs.slack.dev/reference/block-kit/blocks
import { markupIn } from '../../channels/sns-limits.ts';

const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

type Fields = Readonly<Record<string, unknown>>;

/** Who and what may be mentioned in a message: nobody, unless our own records name them. */
export interface Known {
  users?: readonly string[];
  channels?: readonly string[];
}

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : {};
const listOf = (value: unknown): Fields[] => (Array.isArray(value) ? value.map(fieldsOf) : []);
const hasOnly = (fields: Fields, ...names: string[]): boolean => Object.keys(fields).every((name) => names.includes(name));
const isText = (value: unknown, most: number): boolean =>
  typeof value === 'string' && value.trim() !== '' && value.length <= most && !UNSEEN.test(value);
const isPlain = (value: unknown, most: number): boolean => {
  const { type, text, emoji } = fieldsOf(value);
  return type === 'plain_text' && emoji === false && isText(text, most);
};

/** Every limit that a message breaks, and everything in it that would not be shown as text. */
export function slackViolations(message: { text: string; blocks: readonly unknown[] }, known: Known = {}): string[] {
  const { text } = message;
  const blocks = listOf(message.blocks);
  const bytes = Buffer.byteLength(JSON.stringify(blocks));
  const ids = blocks.flatMap(({ elements }) => listOf(elements)).flatMap(({ action_id }) => (action_id === undefined ? [] : [action_id]));
  return [
    ...(isText(text, 1_000) ? [] : [`text ${JSON.stringify(text)}`]),
    ...markupIn(text.replaceAll('&amp;', '+')).map((found) => `text has markup: ${found}`),
    ...(blocks.length >= 1 && blocks.length <= 45 ? [] : [`${blocks.length} blocks`]),
    ...(bytes <= 10_000 ? [] : [`${bytes} bytes of blocks`]),
    ...(new Set(ids).size === ids.length ? [] : ['action_ids']),
    ...blocks.flatMap((block) => blockViolations(block, known)),
  ];
}

function blockViolations(block: Fields, known: Known): string[] {
  const elements = listOf(block.elements);
  switch (block.type) {
    case 'header':
      return hasOnly(block, 'type', 'text') && isPlain(block.text, 150) ? [] : [`header ${JSON.stringify(block)}`];
    case 'context':
      return elements.length <= 10 && elements.length > 0 && elements.every((each) => isPlain(each, 2_000)) ? [] : ['context'];
    case 'actions':
      return elements.length <= 25 && elements.length > 0 ? elements.flatMap(actionViolations) : ['actions'];
    case 'rich_text':
      return elements.length > 0 ? elements.flatMap((each) => richViolations(each, known)) : ['empty rich_text'];
    default:
      return [`block ${JSON.stringify(block.type)}`];
  }
}

function richViolations({ type, style, elements }: Fields, known: Known): string[] {
  const parts = listOf(elements);
  if (parts.length === 0) return [`empty ${JSON.stringify(type)}`];
  switch (type) {
    case 'rich_text_list':
      return style === 'bullet'
        ? parts.flatMap((each) => (each.type === 'rich_text_section' ? richViolations(each, known) : ['list']))
        : ['style of a list'];
    case 'rich_text_section':
      return parts.flatMap((each) => elementViolations(each, known));
    case 'rich_text_preformatted':
      return parts.flatMap((each) => elementViolations(each, {}));
    default:
      return [`element ${JSON.stringify(type)}`];
  }
}

function elementViolations(element: Fields, { users = [], channels = [] }: Known): string[] {
  const { type, text, user_id, channel_id } = element;
  const isFine =
    (type === 'text' && hasOnly(element, 'type', 'text', 'style') && isTextElement(text)) ||
    (type === 'user' && users.includes(String(user_id))) ||
    (type === 'channel' && channels.includes(String(channel_id)));
  return isFine ? [] : [`element ${JSON.stringify(element)}`];
}

const isTextElement = (text: unknown): boolean =>
  typeof text === 'string' && text !== '' && text.length <= 3_000 && (text === '\n' || !UNSEEN.test(text));

function actionViolations({ type, action_id, text, value, confirm, placeholder, options }: Fields): string[] {
  const dialog = fieldsOf(confirm);
  const isConfirmed =
    confirm === undefined ||
    (isPlain(dialog.title, 100) && isPlain(dialog.text, 300) && isPlain(dialog.confirm, 30) && isPlain(dialog.deny, 30));
  const choices = listOf(options);
  const isChoice =
    choices.length > 0 && choices.every((choice) => isPlain(choice.text, 75) && isText(choice.value, 75)) && isPlain(placeholder, 150);
  const isFine = type === 'button' ? isPlain(text, 75) && isText(value, 2_000) && isConfirmed : type === 'static_select' && isChoice;
  return isFine && isText(action_id, 255) ? [] : [`action ${JSON.stringify(action_id)}`];
}

/** All that people can read in a message, one line under the other. */
export function seenIn(message: { blocks: readonly unknown[] }): string {
  const walk = (value: unknown): string[] => {
    if (Array.isArray(value)) return value.flatMap(walk);
    const fields = fieldsOf(value);
    if (typeof fields.text === 'string') return [fields.text];
    return Object.values(fields).flatMap((field) => (typeof field === 'object' ? walk(field) : []));
  };
  return walk(message.blocks).join('');
}
