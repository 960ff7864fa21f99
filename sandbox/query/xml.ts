import type { HttpAnswer } from '../http/service.ts';

/** Arrays become `<x><item>…</item></x>`, empty ones `<x/>`; what is undefined is left out. Some protocols say `member` for `item`. */
export type XmlValue = string | number | boolean | undefined | readonly XmlValue[] | { readonly [name: string]: XmlValue };

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

// XML 1.0 has no way to write a control character other than these.
const LINE_BREAKS = '\t\n\r';

const escapeText = (value: string): string =>
  value.replace(/[&<>"\p{Cc}]/gu, (character) => ESCAPES[character] ?? (LINE_BREAKS.includes(character) ? character : ''));

function content(value: Exclude<XmlValue, undefined>, item: string): string {
  if (Array.isArray(value)) return value.map((each: XmlValue) => element(item, each, undefined, item)).join('');
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([name, inner]) => element(name, inner, undefined, item))
      .join('');
  return escapeText(String(value));
}

/** One element with all that is in it. */
export function element(name: string, value: XmlValue, xmlns?: string, item = 'item'): string {
  if (value === undefined) return '';
  const inner = content(value, item);
  const open = xmlns ? `${name} xmlns="${xmlns}"` : name;
  return inner === '' ? `<${open}/>` : `<${open}>${inner}</${name}>`;
}

export const xmlAnswer = (status: number, body: string, requestId: string): HttpAnswer => ({
  status,
  headers: { 'content-type': 'text/xml;charset=UTF-8', 'x-amzn-requestid': requestId },
  body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
});
