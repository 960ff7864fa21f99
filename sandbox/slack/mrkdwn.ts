// What Slack makes of a text with markup. It would rather see too much than too little: tests of hostile names rest on it.

/** Every piece of a text that is not shown as it was written. */
export interface Markup {
  mentions: string[];
  links: string[];
  emoji: string[];
  /** With its signs, e.g. `*bold*`. */
  formatted: string[];
}

export const noMarkup = (): Markup => ({ mentions: [], links: [], emoji: [], formatted: [] });

const CODE = /```([\s\S]+?)```|`([^`\n]+)`/g;
const TOKEN = /<([^<>]+)>/g;
// A scheme, or a name with a dot whose last part could be a top-level domain, or an address of a mailbox.
const ADDRESS =
  /(?:\b[a-z][a-z0-9+.-]*:\/\/|\bmailto:)[^\s<>|]+|(?:[\p{L}\p{N}_.+-]+@)?[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*\.\p{L}{2,}(?![\p{L}\p{N}_])(?:[/?#:][^\s<>|]*)?/giu;
const EMOJI = /:[\p{L}\p{N}_+'-]+(?:::skin-tone-[2-6])?:/gu;
const BEFORE = String.raw`(?<![\p{L}\p{N}])`;
const AFTER = String.raw`(?![\p{L}\p{N}])`;
const STYLES = ['\\*', '_', '~'].map((sign) => new RegExp(`${BEFORE}${sign}(?!\\s)([^${sign}\n]+)(?<!\\s)${sign}${AFTER}`, 'gu'));
const QUOTE = /^(?:>|&gt;)(?:>>|&gt;&gt;)?.*$/gm;

/** How a text is shown, and what in it is markup. `links`: whether addresses become links by themselves. */
export function readMrkdwn(written: string, links = true): { text: string; markup: Markup } {
  const markup = noMarkup();
  const kept: string[] = [];
  const keep = (text: string) => `\uE000${kept.push(text) - 1}\uE001`;
  // What is kept is put back at the end; the marks for it must not be the writer's.
  let text = written.replace(/[\uE000\uE001]/g, '\uFFFD');
  const token = (whole: string, inner: string) => keep(readToken(whole, inner, markup));
  for (const quote of text.match(QUOTE) ?? []) markup.formatted.push(quote);
  text = text.replace(CODE, (whole, block?: string, inline?: string) => {
    markup.formatted.push(whole);
    return keep(decoded((block ?? inline ?? '').replace(TOKEN, token)));
  });
  text = decoded(text.replace(TOKEN, token));
  if (links) {
    text = text.replace(ADDRESS, (address) => {
      markup.links.push(address);
      return keep(address);
    });
  }
  markup.emoji.push(...emojiIn(text));
  for (const style of STYLES) {
    text = text.replace(style, (whole, inner: string) => {
      markup.formatted.push(restored(whole, kept));
      return inner;
    });
  }
  return { text: restored(text, kept), markup };
}

/** What would be shown as emoji, if there is one of that name. */
export const emojiIn = (text: string): string[] => text.match(EMOJI) ?? [];

// Inside of what is kept there may be more of it.
function restored(text: string, kept: readonly string[]): string {
  const once = text.replace(/\uE000(\d+)\uE001/g, (_, index: string) => kept[Number(index)] ?? '');
  return once === text ? text : restored(once, kept);
}

const decoded = (text: string): string => text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

// https://docs.slack.dev/messaging/formatting-message-text
function readToken(whole: string, inner: string, markup: Markup): string {
  const [target = '', label] = inner.split(/\|(.*)/s);
  if (target.startsWith('!date^')) {
    const link = target.split('^')[3];
    if (link) markup.links.push(whole);
    return decoded(label ?? target);
  }
  if (/^[@#!]/.test(target)) {
    markup.mentions.push(whole);
    return label ?? (target.startsWith('!') ? `@${target.slice(1)}` : target);
  }
  markup.links.push(whole);
  return decoded(label ?? target);
}
