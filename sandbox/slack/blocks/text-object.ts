import { byType, type Check, characters, flag, object, oneOf } from './shape.ts';

/** A plain text of at most so many characters. */
export const plainText = (most: number): Check => byType({ plain_text: plain(most) });

/** A text, plain or with markup, of at most so many characters. */
export const anyText = (most: number): Check =>
  byType({ plain_text: plain(most), mrkdwn: object({ type: oneOf('mrkdwn'), text: characters(most) }, { verbatim: flag }) });

const plain = (most: number): Check => object({ type: oneOf('plain_text'), text: characters(most) }, { emoji: flag });
