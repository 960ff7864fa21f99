// Names and tags in an account are anybody's to choose, and a pull request is read by many: nothing of them is markup, a link, a mention or
// a reference. GitHub and others look for the last three in the finished text, where no backslash helps; there a look-alike stands.
import { clean } from '../content/text.ts';

const LOOK_ALIKES: readonly (readonly [RegExp, string])[] = [
  [/@/g, '＠'],
  [/:(?=\/\/)/g, '：'],
  [/\b(www)\./gi, '$1․'],
  [/\b(mailto|xmpp):/gi, '$1：'],
  // `#12`, `GH-12` and `owner/repository#12` tell whoever watches that issue.
  [/#(?=\d)/g, '＃'],
  [/\bGH-(?=\d)/gi, 'GH‑'],
];
const MARKUP = /[\\`*_{}[\]<>#|~$!&]/g;
// What only means something where a line begins.
const AT_THE_BEGINNING = /^(?:[-+=](?=[\s\-+=]|$)|\d+[.)](?=\s|$))/;

/** Any text as text in Markdown, on one line. */
export function escapeMarkdown(text: string): string {
  const plain = LOOK_ALIKES.reduce((changed, [what, instead]) => changed.replace(what, instead), clean(text).trim());
  const escaped = plain.replace(MARKUP, (mark) => (mark === '&' ? '&amp;' : mark === '<' ? '&lt;' : `\\${mark}`));
  return escaped.replace(AT_THE_BEGINNING, (begin) => (/^\d/.test(begin) ? `${begin.slice(0, -1)}\\${begin.slice(-1)}` : `\\${begin}`));
}

/** Lines as code, whatever backticks they hold. Nothing in it is looked at but by whoever copies it. */
export function codeBlock(lines: readonly string[], language = 'sh'): string[] {
  const text = lines.map(clean);
  const longest = Math.max(2, ...text.flatMap((line) => (line.match(/`+/g) ?? []).map((ticks) => ticks.length)));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, ...text, fence];
}
