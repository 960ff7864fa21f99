import { describe, expect, it } from '@jest/globals';
import { checkBlocks } from '../../../sandbox/slack/blocks/check.ts';
import { isRefusal } from '../../../sandbox/slack/refusal.ts';

const x = (count: number) => 'x'.repeat(count);
const many = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => make(index));
const plain = (text: string, given: object = {}) => ({ type: 'plain_text', text, ...given });
const mrkdwn = (text: string, given: object = {}) => ({ type: 'mrkdwn', text, ...given });
const section = (given: object = { text: mrkdwn('x') }) => ({ type: 'section', ...given });
const actions = (...elements: object[]) => ({ type: 'actions', elements });
const button = (given: object = {}) => ({ type: 'button', text: plain('Approve'), ...given });
const option = (text: string, value: string) => ({ text: plain(text), value });
const select = (given: object = {}) => ({ type: 'static_select', options: [option('1 day', '1')], ...given });
const confirm = (given: object = {}) => button({ confirm: { text: plain('Sure?'), ...given } });
const rich = (...elements: object[]) => ({ type: 'rich_text', elements });
const line = (...elements: object[]) => ({ type: 'rich_text_section', elements });
const word = (text: string, given: object = {}) => ({ type: 'text', text, ...given });

function problem(blocks: unknown): string | undefined {
  try {
    checkBlocks(blocks);
    return undefined;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return `${error.code}: ${error.reason}`;
  }
}

describe('Slack takes', () => {
  it.each<[string, object[]]>([
    ['a header of 150 characters', [{ type: 'header', text: plain(x(150), { emoji: false }) }]],
    ['a section of 3000', [section({ text: mrkdwn(x(3000), { verbatim: true }) })]],
    ['a section of ten fields', [section({ fields: many(10, () => mrkdwn(x(1000))) })]],
    ['a field of 2000', [section({ fields: [plain(x(2000))] })]],
    ['a section with a button', [section({ text: plain('x'), accessory: button() })]],
    ['a context of ten', [{ type: 'context', elements: many(10, () => mrkdwn('x')) }]],
    ['50 blocks', many(50, () => ({ type: 'divider' }))],
    ['25 buttons', [actions(...many(25, (index) => button({ action_id: `a${index}` })))]],
    [
      'a button with all it may have',
      [actions(button({ action_id: x(255), value: x(2000), style: 'danger', url: 'https://example.com/' }))],
    ],
    ['a text of a button of 75', [actions(button({ text: plain(x(75)) }))]],
    [
      'a confirmation with all it may have',
      [actions(confirm({ title: plain(x(100)), text: mrkdwn(x(300)), confirm: plain(x(30)), deny: plain(x(30)) }))],
    ],
    ['a menu of 100', [actions(select({ placeholder: plain(x(150)), options: many(100, (index) => option(x(75), `${index}`)) }))]],
    ['a value of an option of 75', [actions(select({ options: [option('x', x(75))] }))]],
    ['a chosen option', [actions(select({ initial_option: option('1 day', '1') }))]],
    ['an overflow menu of five', [actions({ type: 'overflow', options: many(5, (index) => option('x', `${index}`)) })]],
    [
      'rich text of every kind',
      [
        rich(
          line(
            word('a ', { style: { bold: true, code: true } }),
            { type: 'link', url: 'https://example.com/a?b=c', text: 'here' },
            { type: 'user', user_id: 'U0ANNA' },
            { type: 'channel', channel_id: 'C0ALERTS' },
            { type: 'usergroup', usergroup_id: 'S0TEAM' },
            { type: 'broadcast', range: 'here' },
            { type: 'emoji', name: 'warning' },
            { type: 'date', timestamp: 1795262400, format: '{date_short} {time}', fallback: '2026-11-21' },
            word('\n'),
          ),
          { type: 'rich_text_list', style: 'bullet', indent: 1, elements: [line(word('one')), line(word('two'))] },
          { type: 'rich_text_preformatted', elements: [word('aws ec2 …')], border: 0 },
          { type: 'rich_text_quote', elements: [word('said')] },
        ),
      ],
    ],
    ['13,200 characters in one block', [rich(line(word(x(13_200))))]],
  ])('%s', (_, blocks) => {
    expect(problem(blocks)).toBeUndefined();
  });
});

describe('Slack refuses', () => {
  it.each<[string, unknown, string]>([
    ['what is no list', {}, 'must be an array [json-pointer:/blocks]'],
    ['no blocks', [], 'no fewer than 1 items allowed [json-pointer:/blocks]'],
    ['51 blocks', many(51, () => ({ type: 'divider' })), 'no more than 50 items allowed; there are 51 [json-pointer:/blocks]'],
    ['a block that is none', ['divider'], 'must be an object [json-pointer:/blocks/0]'],
    ['a block of another type', [{ type: 'image' }], 'unsupported type: image'],
    ['a type that objects have by birth', [{ type: 'constructor' }], 'unsupported type: constructor'],
    ['an unknown field', [{ type: 'divider', color: 'red' }], 'invalid additional property: color [json-pointer:/blocks/0]'],
    ['a missing field', [{ type: 'header' }], 'missing required field: text [json-pointer:/blocks/0]'],
    [
      'a header of 151',
      [{ type: 'header', text: plain(x(151)) }],
      'must be less than 151 characters; it has 151 [json-pointer:/blocks/0/text/text]',
    ],
    ['a header of 150 beyond UTF-16', [{ type: 'header', text: plain('😀'.repeat(76)) }], 'must be less than 151 characters'],
    ['a header with markup', [{ type: 'header', text: mrkdwn('x') }], 'unsupported type: mrkdwn'],
    ['an empty text', [section({ text: mrkdwn('') })], 'must be more than 0 characters [json-pointer:/blocks/0/text/text]'],
    ['a blank text', [section({ text: mrkdwn(' \n') })], 'must be more than 0 characters'],
    ['a text that is no text object', [section({ text: 'x' })], 'must be an object [json-pointer:/blocks/0/text]'],
    ['emoji in markup', [section({ text: mrkdwn('x', { emoji: true }) })], 'invalid additional property: emoji'],
    ['verbatim in plain text', [section({ text: plain('x', { verbatim: true }) })], 'invalid additional property: verbatim'],
    ['a section of 3001', [section({ text: mrkdwn(x(3001)) })], 'must be less than 3001 characters'],
    ['a section of nothing', [section({})], 'missing required field: text or fields [json-pointer:/blocks/0]'],
    ['11 fields', [section({ fields: many(11, () => plain('x')) })], 'no more than 10 items allowed'],
    ['no fields', [section({ fields: [] })], 'no fewer than 1 items allowed'],
    ['a field of 2001', [section({ fields: [plain(x(2001))] })], '[json-pointer:/blocks/0/fields/0/text]'],
    ['11 in a context', [{ type: 'context', elements: many(11, () => plain('x')) }], 'no more than 10 items allowed'],
    ['a button in a context', [{ type: 'context', elements: [button()] }], 'unsupported type: button'],
    ['26 buttons', [actions(...many(26, () => button()))], 'no more than 25 items allowed'],
    ['no buttons', [actions()], 'no fewer than 1 items allowed'],
    ['a text of a button of 76', [actions(button({ text: plain(x(76)) }))], '[json-pointer:/blocks/0/elements/0/text/text]'],
    ['a button with markup', [actions(button({ text: mrkdwn('x') }))], 'unsupported type: mrkdwn'],
    ['a value of 2001', [actions(button({ value: x(2001) }))], '[json-pointer:/blocks/0/elements/0/value]'],
    ['a URL of 3001', [actions(button({ url: `https://example.com/${x(2981)}` }))], 'must be less than 3001 characters'],
    ['a URL that is none', [actions(button({ url: 'javascript:alert(1)' }))], 'must be a URL'],
    ['another style', [actions(button({ style: 'default' }))], 'must be a valid enum value: primary, danger'],
    ['an action_id of 256', [actions(button({ action_id: x(256) }))], '/action_id]'],
    ['a block_id of 256', [{ type: 'divider', block_id: x(256) }], '/block_id]'],
    ['an action_id twice', [actions(button({ action_id: 'a' })), actions(select({ action_id: 'a' }))], 'action_id "a" already exists'],
    ['a block_id twice', many(2, () => ({ type: 'divider', block_id: 'b' })), 'block_id "b" already exists'],
    ['a title of a confirmation of 101', [actions(confirm({ title: plain(x(101)) }))], '/confirm/title/text]'],
    ['a text of a confirmation of 301', [actions(confirm({ text: plain(x(301)) }))], '/confirm/text/text]'],
    ['a yes of 31', [actions(confirm({ confirm: plain(x(31)) }))], '/confirm/confirm/text]'],
    ['a no of 31', [actions(confirm({ deny: plain(x(31)) }))], '/confirm/deny/text]'],
    ['a placeholder of 151', [actions(select({ placeholder: plain(x(151)) }))], '/placeholder/text]'],
    ['a menu of nothing', [actions(select({ options: [] }))], 'no fewer than 1 items allowed'],
    ['a menu of 101', [actions(select({ options: many(101, (index) => option('x', `${index}`)) }))], 'no more than 100 items allowed'],
    ['a text of an option of 76', [actions(select({ options: [option(x(76), '1')] }))], '/options/0/text/text]'],
    ['a value of an option of 76', [actions(select({ options: [option('x', x(76))] }))], '/options/0/value]'],
    ['two options of one value', [actions(select({ options: [option('a', '1'), option('b', '1')] }))], 'values must be unique'],
    [
      'an option with a URL',
      [actions(select({ options: [{ ...option('a', '1'), url: 'https://example.com' }] }))],
      'invalid additional property: url',
    ],
    ['a chosen option that is none', [actions(select({ initial_option: option('2 days', '2') }))], 'must exactly match one of the options'],
    [
      'an overflow menu of six',
      [actions({ type: 'overflow', options: many(6, (index) => option('x', `${index}`)) })],
      'no more than 5 items allowed',
    ],
    ['another kind of element', [actions({ type: 'checkboxes', options: [] })], 'unsupported type: checkboxes'],
    ['rich text of nothing', [rich()], 'no fewer than 1 items allowed'],
    ['an empty line of rich text', [rich(line())], 'no fewer than 1 items allowed'],
    ['an empty word of rich text', [rich(line(word('')))], 'must be more than 0 characters'],
    ['another style of rich text', [rich(line(word('x', { style: { blink: true } })))], 'invalid additional property: blink'],
    ['a link of rich text that is none', [rich(line({ type: 'link', url: 'javascript:alert(1)' }))], 'must be a URL'],
    ['a user by name', [rich(line({ type: 'user', user_id: '@anna' }))], "must be a user's id"],
    [
      'a mention in a code block',
      [rich({ type: 'rich_text_preformatted', elements: [{ type: 'user', user_id: 'U0ANNA' }] })],
      'unsupported type: user',
    ],
    [
      'a list in a list',
      [rich({ type: 'rich_text_list', style: 'bullet', elements: [{ type: 'rich_text_list' }] })],
      'unsupported type: rich_text_list',
    ],
    ['a list without a style', [rich({ type: 'rich_text_list', elements: [line(word('x'))] })], 'missing required field: style'],
    ['markdown', [{ type: 'markdown', text: 'x' }], 'unsupported type: markdown'],
  ])('%s', (_, blocks, reason) => {
    const said = problem(blocks);
    expect(said).toMatch(/^invalid_blocks: /);
    expect(said).toContain(reason);
  });

  it('more than 13,200 characters in all, of which each further block takes 125', () => {
    expect(problem([rich(line(word(x(13_201))))])).toMatch(/^msg_blocks_too_long: 13201 characters in 1 blocks/);
    const tight = [...many(4, () => section({ text: mrkdwn(x(3000)) })), section({ text: mrkdwn(x(700)) })];
    expect(problem(tight)).toBeUndefined();
    expect(problem([...tight, { type: 'divider' }])).toMatch(/^msg_blocks_too_long: 12700 characters in 6 blocks/);
  });

  it('and counts the values of buttons, which are never seen', () => {
    expect(problem([actions(...many(7, () => button({ value: x(2000) })))])).toMatch(/^msg_blocks_too_long/);
  });
});
