// A document as the lines of a message, for outputs that know lines only.
import type { Block, Detail } from '../content/document.ts';

export interface TextLine {
  as: 'fact' | 'text' | 'heading' | 'item' | 'code';
  /** Of a fact. */
  label: string;
  says: string;
  /** That of its section, where it is in one. */
  detail: Detail;
}

/** Every line of a document, in order. What is in a section is for those who read the section. */
export const linesOf = (blocks: readonly Block[], section?: Detail): TextLine[] => blocks.flatMap((block) => linesOfBlock(block, section));

function linesOfBlock(block: Block, section: Detail | undefined): TextLine[] {
  const detail = section ?? block.detail ?? 'details';
  const line = (as: TextLine['as'], says: string, label = ''): TextLine => ({ as, label, says, detail });
  switch (block.kind) {
    case 'paragraph':
      return [line('text', block.text)];
    case 'fact':
      return [line('fact', block.says, block.label)];
    case 'list':
      return block.items.flatMap(({ text, blocks = [] }) => [line('item', text), ...linesOf(blocks, detail)]);
    case 'table':
      return block.rows.map((row) => line('item', row.join(', ')));
    case 'commands':
      return block.commands.map((command) => line('code', command));
    case 'code':
      return block.text.split('\n').map((text) => line('code', text));
    case 'section':
      return [line('heading', block.heading), ...linesOf(block.blocks, detail)];
  }
}
