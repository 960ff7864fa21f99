import { invalidBlocks } from '../refusal.ts';
import { type Check, characters, fieldsOf, list, matching, object, oneOf } from './shape.ts';
import { anyText, plainText } from './text-object.ts';

const STYLE = oneOf('primary', 'danger');
const ACTION_ID = characters(255);
const address: Check = (value, at) => {
  characters(3000)(value, at);
  matching(/^https?:\/\/[^\s<>]+$/, 'a URL')(value, at);
};

const CONFIRM = object({ text: anyText(300) }, { title: plainText(100), confirm: plainText(30), deny: plainText(30), style: STYLE });

const BUTTON = object(
  { type: oneOf('button'), text: plainText(75) },
  { action_id: ACTION_ID, value: characters(2000), url: address, style: STYLE, confirm: CONFIRM, accessibility_label: characters(75) },
);

// The reference says 150 for values by now, the types still say 75: what is within 75 is within both.
const OPTION = object({ text: plainText(75), value: characters(75) }, { description: plainText(75) });
const OVERFLOW_OPTION = object({ text: plainText(75), value: characters(75) }, { description: plainText(75), url: address });

const STATIC_SELECT = object(
  { type: oneOf('static_select'), options: distinct(list(OPTION, 100)) },
  { action_id: ACTION_ID, placeholder: plainText(150), initial_option: OPTION, confirm: CONFIRM, focus_on_load: oneOf(false) },
);

const OVERFLOW = object(
  { type: oneOf('overflow'), options: distinct(list(OVERFLOW_OPTION, 5)) },
  { action_id: ACTION_ID, confirm: CONFIRM },
);

/** What can be clicked, by its type. */
export const INTERACTIVE: Readonly<Record<string, Check>> = { button: BUTTON, static_select: selectable, overflow: OVERFLOW };

function selectable(value: unknown, at: string): void {
  STATIC_SELECT(value, at);
  const { options, initial_option } = fieldsOf(value, at);
  if (initial_option === undefined || !Array.isArray(options)) return;
  const isThere = options.some((option) => JSON.stringify(option) === JSON.stringify(initial_option));
  if (!isThere) throw invalidBlocks('must exactly match one of the options', `${at}/initial_option`);
}

/** Two options of the same value could not be told apart. */
function distinct(check: Check): Check {
  return (value, at) => {
    check(value, at);
    const values = Array.isArray(value) ? value.map((option, index) => fieldsOf(option, `${at}/${index}`).value) : [];
    if (new Set(values).size < values.length) throw invalidBlocks('values must be unique', at);
  };
}
