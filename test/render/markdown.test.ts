import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { codeBlock, escapeMarkdown } from '../../shared/render/markdown-text.ts';
import { pathReport } from '../support/golden-paths.ts';
import { accepted, mixedWithGaps, nothing, orphans, twoRegions } from '../support/golden-reports.ts';
import { leftover } from '../support/leftovers.ts';
import { type AuditTextView, auditMarkdown } from '../support/report-texts.ts';
import { finding, report } from '../support/reports.ts';

const view: AuditTextView = {
  columns: 100,
  colour: false,
  asked: { clusters: [], rules: [] },
  again: ({ ledger }) => `sgp-warden audit${ledger ? ` --ledger ${ledger}` : ''}`,
  cleanup: (region) => `sgp-warden cleanup --region ${region}`,
  decide: (verdict, plan) => `sgp-warden ${verdict} ${plan}`,
  accept: (findingId, until) => `sgp-warden accept ${findingId} --reason REASON --owner OWNER --until ${until} --ledger warden.json`,
};
const golden = (name: string) => readFileSync(new URL(`../findings/report/goldens/${name}.md`, import.meta.url), 'utf8');

describe('an audit in Markdown', () => {
  it.each([
    ['orphans', [orphans()]],
    ['mixed-with-gaps', [mixedWithGaps()]],
    ['nothing', [nothing()]],
    ['two-regions', twoRegions()],
    ['paths', [pathReport()]],
    ['accepted', [accepted()]],
  ])('reads as goldens/%s.md', (name, reports) => {
    expect(auditMarkdown(reports, [], view)).toBe(golden(name));
  });

  it('fits a comment, and says that it was cut', () => {
    const long = 'what was found here is told at some length, and then once more in other words. '.repeat(60);
    const many = Array.from({ length: 40 }, (_, n) =>
      finding({ ruleId: `rule-${n}`, subject: { type: 'vpc', id: `vpc-${n}` }, summary: `${long}${n}` }),
    );
    const text = auditMarkdown([report({ findings: many })], [], view);
    expect(text.length).toBeLessThan(65_536);
    expect(text).toContain('has all of it');
    const fences = text.match(/^`{3,}/gm) ?? [];
    expect(fences.length % 2).toBe(0);
  });

  it('tells five thousand findings in one comment', () => {
    const all = Array.from({ length: 5_000 }, (_, n) => leftover(n + 1, { cluster: `c-${n % 50}` }));
    expect(auditMarkdown([report({ findings: all })], [], view).length).toBeLessThan(65_536);
  });
});

describe('text of somebody else’s choosing', () => {
  it.each([
    ['@everyone', '＠everyone'],
    ['#12 and GH-7', '＃12 and GH‑7'],
    ['https://evil.example', 'https：//evil.example'],
    ['www.evil.example', 'www․evil.example'],
    ['<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)\\>'],
    ['[click](javascript:x)', '\\[click\\](javascript:x)'],
    ['**bold** _it_ ~~no~~ `code`', '\\*\\*bold\\*\\* \\_it\\_ \\~\\~no\\~\\~ \\`code\\`'],
    ['a | b', 'a \\| b'],
    ['# head', '\\# head'],
    ['- item', '\\- item'],
    ['1. item', '1\\. item'],
    ['--- ', '\\---'],
    ['&lt;b&gt;', '\\&amp;lt;b\\&amp;gt;'.replaceAll('\\', '')],
    ['one\ntwo\u202e\u001b[2J', 'one two'],
    ['$x^2$', '\\$x^2\\$'],
  ])('%j is shown as text', (text, shown) => {
    expect(escapeMarkdown(text)).toBe(shown);
  });

  const hostile = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '@team',
          '#1',
          'GH-2',
          'https://x.example',
          'www.x.example',
          '<b>',
          '](x)',
          '`',
          '```',
          '|',
          '\n',
          '\n\n# x',
          '\u202e',
          '- ',
          '1. ',
          '~~~',
        ),
        fc.string({ unit: 'binary', maxLength: 6 }),
        fc.lorem({ maxCount: 2 }),
      ),
      { maxLength: 6 },
    )
    .map((parts) => parts.join(''));

  it('never mentions, links, refers or breaks out, whatever it is', () => {
    fc.assert(
      fc.property(hostile, hostile, hostile, (summary, cluster, command) => {
        const bad = finding({
          ruleId: 'some-rule',
          subject: { type: 'vpc', id: cluster },
          cluster,
          summary,
          remedy: { summary, commands: [command] },
        });
        const branch = leftover(1, { cluster });
        const text = auditMarkdown([report({ findings: [bad, { ...branch, summary }] })], [{ region: cluster, reason: summary }], view);
        const prose = withoutCode(text);
        expect(prose).not.toMatch(/@|:\/\/|\bwww\.|#\d|\bGH-\d|(?<!\\)[<`[]|\p{Cc}(?<!\n)|\u202e/iu);
      }),
    );
  });

  it('stays inside of its block of code, whatever backticks it holds', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 3 }), (lines) => {
        const [fence = '', ...rest] = codeBlock(lines);
        const ticks = /^`+/.exec(fence)?.[0] ?? '';
        expect(rest.pop()).toBe(ticks);
        expect(rest).toHaveLength(lines.length);
        expect(rest.some((line) => line.includes(ticks) || /[\n\r]/.test(line))).toBe(false);
      }),
    );
  });
});

/** The text outside of fenced code; throws when a fence is never closed. */
function withoutCode(text: string): string {
  const prose: string[] = [];
  let fence: string | undefined;
  for (const line of text.split('\n')) {
    const ticks = /^`{3,}/.exec(line)?.[0];
    if (fence === undefined && ticks) fence = ticks;
    else if (fence !== undefined && line === fence) fence = undefined;
    else if (fence === undefined) prose.push(line);
  }
  if (fence !== undefined) throw new Error(`a block of code never ends: ${text}`);
  return prose.join('\n');
}
