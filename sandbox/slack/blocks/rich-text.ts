import { byType, type Check, characters, flag, list, matching, object, oneOf, whole } from './shape.ts';

const STYLE = object({}, { bold: flag, italic: flag, strike: flag, code: flag, underline: flag });
const TEXT = object({ type: oneOf('text'), text: richCharacters }, { style: STYLE });
const LINK = object(
  { type: oneOf('link'), url: matching(/^(?:https?:\/\/|mailto:)[^\s<>]+$/, 'a URL') },
  { text: richCharacters, style: STYLE },
);

const ELEMENT = byType({
  text: TEXT,
  link: LINK,
  user: object({ type: oneOf('user'), user_id: matching(/^[UW][A-Z0-9]+$/, "a user's id") }, { style: STYLE }),
  channel: object({ type: oneOf('channel'), channel_id: matching(/^[CG][A-Z0-9]+$/, "a channel's id") }, { style: STYLE }),
  usergroup: object({ type: oneOf('usergroup'), usergroup_id: matching(/^S[A-Z0-9]+$/, "a user group's id") }, { style: STYLE }),
  broadcast: object({ type: oneOf('broadcast'), range: oneOf('here', 'channel', 'everyone') }, { style: STYLE }),
  emoji: object({ type: oneOf('emoji'), name: matching(/^[\w+'-]+$/, 'the name of an emoji') }, { unicode: characters(100), style: STYLE }),
  date: object(
    { type: oneOf('date'), timestamp: whole(0, 99_999_999_999), format: matching(/\{[a-z_]+\}/, 'a format with a token') },
    { url: matching(/^https?:\/\/\S+$/, 'a URL'), fallback: characters(3000), style: STYLE },
  ),
});

const BORDER = oneOf(0, 1);
const MOST = 10_000;
const SECTION = object({ type: oneOf('rich_text_section'), elements: list(ELEMENT, MOST) });

const PART = byType({
  rich_text_section: SECTION,
  rich_text_list: object(
    {
      type: oneOf('rich_text_list'),
      style: oneOf('bullet', 'ordered'),
      elements: list(byType({ rich_text_section: SECTION }), MOST),
    },
    { indent: whole(0, 8), offset: whole(0, 10_000), border: BORDER },
  ),
  rich_text_preformatted: object(
    { type: oneOf('rich_text_preformatted'), elements: list(byType({ text: TEXT, link: LINK }), MOST) },
    { border: BORDER, language: matching(/^[a-z0-9+#-]+$/, 'a language') },
  ),
  rich_text_quote: object({ type: oneOf('rich_text_quote'), elements: list(ELEMENT, MOST) }, { border: BORDER }),
});

/** The elements of a rich text block: only its types are markup, whatever the texts say. */
export const RICH_TEXT_ELEMENTS: Check = list(PART, MOST);

// Blanks and line breaks are texts of their own between others. No limit is documented but that of the whole message.
function richCharacters(value: unknown, at: string): void {
  characters(1_000_000, 0)(value, at);
  matching(/[\s\S]/, 'more than 0 characters')(value, at);
}
