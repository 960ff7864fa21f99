import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Content, type SlackBlock, seen } from '../../../sandbox/slack/index.ts';

const NOTHING = { mentions: [], links: [], emoji: [], formatted: [] };
const see = (text: string, given: Partial<Content> = {}) => seen({ text, ...given });
const shown = (...blocks: SlackBlock[]) => seen({ text: 'x', blocks });

describe('in a text with markup', () => {
  it.each<[string, object]>([
    ['plain words, 5 * 3 * 2, snake_case_name, a~b, me@, 1.25, 10.0.0.0/16', {}],
    ['<@U0ANNA> look', { text: '@U0ANNA look', mentions: ['<@U0ANNA>'] }],
    ['<@U0ANNA|anna>', { text: 'anna', mentions: ['<@U0ANNA|anna>'] }],
    [
      '<!here> and <!channel> and <!everyone>',
      { text: '@here and @channel and @everyone', mentions: ['<!here>', '<!channel>', '<!everyone>'] },
    ],
    ['<!subteam^S0TEAM>', { text: '@subteam^S0TEAM', mentions: ['<!subteam^S0TEAM>'] }],
    ['<#C0ALERTS>', { text: '#C0ALERTS', mentions: ['<#C0ALERTS>'] }],
    ['<https://example.com/a|here>', { text: 'here', links: ['<https://example.com/a|here>'] }],
    ['<https://example.com/a>', { text: 'https://example.com/a', links: ['<https://example.com/a>'] }],
    ['<anything>', { text: 'anything', links: ['<anything>'] }],
    ['<!date^1795262400^{date}|today>', { text: 'today' }],
    [
      '<!date^1795262400^{date}^https://example.com|today>',
      { text: 'today', links: ['<!date^1795262400^{date}^https://example.com|today>'] },
    ],
    ['see https://example.com/x?y=1 now', { links: ['https://example.com/x?y=1'] }],
    ['see HTTP://EXAMPLE.COM', { links: ['HTTP://EXAMPLE.COM'] }],
    ['ssh://host/x and mailto:a@b', { links: ['ssh://host/x', 'mailto:a@b'] }],
    ['go to evil.example.com now', { links: ['evil.example.com'] }],
    ['evil.example.com:8080/login', { links: ['evil.example.com:8080/login'] }],
    ['bücher.example', { links: ['bücher.example'] }],
    ['write to anna@example.com', { links: ['anna@example.com'] }],
    [':warning: :+1::skin-tone-2:', { emoji: [':warning:', ':+1::skin-tone-2:'] }],
    ['arn:aws:iam', { emoji: [':aws:'] }],
    ['*bold* _it_ ~s~ `code`', { text: 'bold it s code', formatted: ['`code`', '*bold*', '_it_', '~s~'] }],
    ['(*bold*)', { text: '(bold)', formatted: ['*bold*'] }],
    ['*<https://example.com|here>*', { text: 'here', links: ['<https://example.com|here>'], formatted: ['*here*'] }],
    ['```a\n*b*```', { text: 'a\n*b*', formatted: ['```a\n*b*```'] }],
    ['`:warning: example.com *b*`', { text: ':warning: example.com *b*', formatted: ['`:warning: example.com *b*`'] }],
    ['`<@U0ANNA>`', { text: '@U0ANNA', mentions: ['<@U0ANNA>'], formatted: ['`<@U0ANNA>`'] }],
    ['&gt; quoted', { text: '> quoted', formatted: ['&gt; quoted'] }],
    ['&lt;@U0ANNA&gt; &amp;lt;', { text: '<@U0ANNA> &lt;' }],
    ['\uE0000\uE001<!here>', { text: '\uFFFD0\uFFFD@here', mentions: ['<!here>'] }],
  ])('%s', (text, expected) => {
    expect(see(text)).toEqual({ text, ...NOTHING, ...expected });
  });
});

describe('a text', () => {
  it('may turn its markup off, or its links alone', () => {
    expect(see('*a* <!here> :x: b.com', { mrkdwn: false })).toEqual({ text: '*a* <!here> :x: b.com', ...NOTHING });
    expect(see('*a* b.com', { parse: 'none' })).toEqual({ text: 'a b.com', ...NOTHING, formatted: ['*a*'] });
  });

  it('counts beside blocks as well: notifications show it', () => {
    const blocks: SlackBlock[] = [{ type: 'header', text: { type: 'plain_text', text: 'Orphans' } }];
    expect(see('<!here>', { blocks })).toEqual({ text: 'Orphans', ...NOTHING, mentions: ['<!here>'] });
  });
});

describe('in blocks', () => {
  it('a plain text has emoji only, unless it turns them off', () => {
    const header = (emoji?: boolean): SlackBlock => ({
      type: 'header',
      text: { type: 'plain_text', text: ':x: *a* <!here>', ...(emoji === undefined ? {} : { emoji }) },
    });
    expect(shown(header())).toEqual({ text: ':x: *a* <!here>', ...NOTHING, emoji: [':x:'] });
    expect(shown(header(true)).emoji).toEqual([':x:']);
    expect(shown(header(false))).toEqual({ text: ':x: *a* <!here>', ...NOTHING });
  });

  it('a verbatim text has no links of itself', () => {
    const verbatim = (text: string): SlackBlock => ({ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } });
    expect(shown(verbatim('b.com *a* <https://c.com>'))).toMatchObject({ links: ['<https://c.com>'], formatted: ['*a*'] });
  });

  it('rich text has what its types say, and nothing that its texts say', () => {
    const hostile = '<!here> *a* :x: evil.example.com `b`';
    const block: SlackBlock = {
      type: 'rich_text',
      elements: [
        {
          type: 'rich_text_section',
          elements: [
            { type: 'text', text: hostile, style: { code: true } },
            { type: 'link', url: 'https://example.com', text: ' docs ' },
            { type: 'user', user_id: 'U0ANNA' },
            { type: 'emoji', name: 'warning' },
          ],
        },
        {
          type: 'rich_text_list',
          style: 'bullet',
          elements: [{ type: 'rich_text_section', elements: [{ type: 'broadcast', range: 'here' }] }],
        },
        { type: 'rich_text_preformatted', elements: [{ type: 'text', text: hostile }] },
      ],
    };
    expect(shown(block)).toEqual({
      text: `${hostile} docs @U0ANNA:warning:\n@here\n${hostile}`,
      mentions: ['@U0ANNA', '@here'],
      links: ['https://example.com'],
      emoji: [':warning:'],
      formatted: [],
    });
  });

  it('all is shown in its order: fields, contexts, buttons and menus; dialogs are not, and their markup is told', () => {
    const blocks: SlackBlock[] = [
      {
        type: 'section',
        text: { type: 'mrkdwn', text: '*A*' },
        fields: [{ type: 'plain_text', text: 'B' }],
        accessory: { type: 'button', action_id: 'more', text: { type: 'plain_text', text: 'More' } },
      },
      { type: 'divider' },
      {
        type: 'context',
        elements: [
          { type: 'mrkdwn', text: 'C' },
          { type: 'plain_text', text: 'D' },
        ],
      },
      {
        type: 'actions',
        elements: [
          { type: 'button', text: { type: 'plain_text', text: 'Approve' }, confirm: { text: { type: 'mrkdwn', text: 'Sure, <!here>?' } } },
          {
            type: 'static_select',
            placeholder: { type: 'plain_text', text: 'Snooze' },
            options: [
              { text: { type: 'plain_text', text: '1 day' }, value: '1' },
              { text: { type: 'plain_text', text: '7 days' }, value: '7' },
            ],
          },
        ],
      },
    ];
    expect(shown(...blocks)).toEqual({
      text: 'A\nB\n[More]\nC D\n[Approve]\n[Snooze: 1 day | 7 days]',
      ...NOTHING,
      formatted: ['*A*'],
      mentions: ['<!here>'],
    });
  });
});

it('a text that is escaped, and has none of the signs, is shown as it was meant', () => {
  const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const harmless = fc.string({ unit: 'binary' }).filter((text) => !/[*_~`:.\uE000\uE001]|^>/m.test(text));
  fc.assert(fc.property(harmless, (text) => expect(see(escaped(text))).toEqual({ text, ...NOTHING })));
});

it('a mention is found whatever stands around it', () => {
  const around = fc.string({ unit: 'binary' }).map((text) => text.replaceAll(/[<>]/g, ''));
  fc.assert(fc.property(around, around, (before, after) => expect(see(`${before}<!here>${after}`).mentions).toEqual(['<!here>'])));
});
