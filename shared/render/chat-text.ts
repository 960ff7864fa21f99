// Slack and Teams read markup in what they show. Neither has an escape that the other leaves invisible, so what would be markup is
// replaced by its look-alike: the text reads the same, and nobody is mentioned, linked or formatted by a cluster's or a group's name.
import { clean } from '../content/text.ts';

const LOOK_ALIKES: Readonly<Record<string, string>> = {
  '<': '‹',
  '>': '›',
  '*': '∗',
  '~': '∼',
  '`': 'ˋ',
  '[': '［',
  ']': '］',
  '@': '＠',
  '#': '＃',
};

// `:fire:` and `:100:`, but not the middle of a time.
const EMOJI = /:(?=[\p{L}\w+-]*\p{L}[\p{L}\w+-]*:)|(?<!\w):(?=[\p{L}\w+-]+:)/giu;

/** Any string as text in a chat. */
export const asText = (text: string): string =>
  clean(text)
    .replace(/[<>*~`[\]@#]/g, (mark) => LOOK_ALIKES[mark] ?? '')
    // Inside of a word it is no markup, and names are full of it.
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, 'ˍ')
    // An entity may be decoded before the markup is read.
    .replace(/&(?=\w+;)/g, '＆')
    .replace(/:(?=\/\/)/g, '：')
    .replace(/\S+/g, (word) => (/^arn:aws/.test(word) ? word : word.replace(EMOJI, '：')))
    // Host names become links without a scheme, too.
    .replace(/(?<=[\p{L}\p{N}])\.(?=\p{L}{2})/gu, '․');

/** A command to be copied from a chat; undefined when a chat would show it otherwise than it must be typed. */
export const asCode = (command: string): string | undefined => (/[`<>&]/.test(command) ? undefined : `\`${command}\``);
