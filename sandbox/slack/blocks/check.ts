import type { SlackBlock } from '../message.ts';
import { invalidBlocks, refusal } from '../refusal.ts';
import { INTERACTIVE } from './elements.ts';
import { RICH_TEXT_ELEMENTS } from './rich-text.ts';
import { byType, type Check, characters, type Fields, fieldsOf, flag, list, object, oneOf } from './shape.ts';
import { anyText, plainText } from './text-object.ts';

const BLOCK_ID = { block_id: characters(255) };

const BLOCK = byType({
  header: object({ type: oneOf('header'), text: plainText(150) }, BLOCK_ID),
  section,
  context: object({ type: oneOf('context'), elements: list(anyText(3000), 10) }, BLOCK_ID),
  divider: object({ type: oneOf('divider') }, BLOCK_ID),
  actions: object({ type: oneOf('actions'), elements: list(byType(INTERACTIVE), 25) }, BLOCK_ID),
  rich_text: object({ type: oneOf('rich_text'), elements: RICH_TEXT_ELEMENTS }, BLOCK_ID),
});

function section(value: unknown, at: string): void {
  const may = { ...BLOCK_ID, text: anyText(3000), fields: list(anyText(2000), 10), accessory: byType(INTERACTIVE), expand: flag };
  object({ type: oneOf('section') }, may)(value, at);
  const { text, fields } = fieldsOf(value, at);
  if (text === undefined && fields === undefined) throw invalidBlocks('missing required field: text or fields', at);
}

const BLOCKS: Check = list(BLOCK, 50);

// Undocumented, and never to be exceeded: https://github.com/slackapi/bolt-js/issues/2509 found 13,297 characters in one block, and 125 fewer
// with a divider beside it; issue 2867 was refused with 11,341 characters in many blocks. So each block costs, whatever is in it.
const TOTAL = 13_200;
const EACH_BLOCK = 125;

/** The blocks of a message, when Slack would take them. */
export function checkBlocks(value: unknown): SlackBlock[] {
  BLOCKS(value, '/blocks');
  if (!isBlocks(value)) throw invalidBlocks('must be an array', '/blocks');
  checkUnique(value, 'block_id');
  checkUnique(
    value.flatMap((block) => elementsOf(block)),
    'action_id',
  );
  const total = lengthOf(value) + EACH_BLOCK * (value.length - 1);
  if (total <= TOTAL) return value;
  const parts = `${lengthOf(value)} characters in ${value.length} blocks, and ${EACH_BLOCK} for each block but one`;
  throw refusal('msg_blocks_too_long', `${parts}: more than ${TOTAL}`);
}

// BLOCKS checked every field.
const isBlocks = (value: unknown): value is SlackBlock[] => Array.isArray(value);

const elementsOf = (block: SlackBlock): Fields[] => {
  const { elements, accessory } = fieldsOf(block, '');
  const all = block.type === 'actions' && Array.isArray(elements) ? elements : accessory === undefined ? [] : [accessory];
  return all.map((element) => fieldsOf(element, ''));
};

// Slack wants action ids to be unique in their block only; a person's click would be hard to follow.
function checkUnique(all: readonly object[], name: 'block_id' | 'action_id'): void {
  const ids = all.map((each) => fieldsOf(each, '')[name]).filter((id) => id !== undefined);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw invalidBlocks(`${name} "${String(twice)}" already exists`, '/blocks');
}

// All that is shown or sent back; names of types and ids are not.
function lengthOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce((sum, [name, each]) => (NAMES.has(name) ? sum : sum + lengthOf(each)), 0);
}
const NAMES = new Set(['type', 'block_id', 'action_id', 'style']);
