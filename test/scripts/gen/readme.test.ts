import { describe, expect, it } from '@jest/globals';
import { renderPolicy, renderReadme, renderRuleTable, renderSettingsTable } from '../../../scripts/gen/readme.ts';

const rule = {
  id: 'blocked-path',
  title: 'A path that is blocked',
  severity: 'high',
  why: 'w',
  remedy: 'r',
  docs: 'docs/rules/blocked-path.md',
} as const;

describe('the table of rules', () => {
  it('links each id to its page', () => {
    expect(renderRuleTable([{ ...rule, states: ['suspect', 'orphan'] }])).toBe(`| Rule | Severity | States | What it finds |
| --- | --- | --- | --- |
| [\`blocked-path\`](docs/rules/blocked-path.md) | high | \`suspect\`, \`orphan\` | A path that is blocked |`);
  });

  it('shows a dash for a rule without states', () => {
    expect(renderRuleTable([rule])).toContain('| high | - | A path that is blocked |');
  });
});

describe('the table of settings', () => {
  it('names each setting, its default and what it does, with bars escaped', () => {
    const settings = { MODE: { default: 'report', says: 'report | approve' }, CLUSTERS: { default: '', says: 'all' } };
    expect(renderSettingsTable(settings)).toBe(`| Setting | Default | What it does |
| --- | --- | --- |
| \`MODE\` | \`report\` | report \\| approve |
| \`CLUSTERS\` | - | all |`);
  });
});

describe('the policy', () => {
  it('is JSON that allows the actions', () => {
    const [start, ...lines] = renderPolicy(['eks:DescribeCluster']).split('\n');
    expect(start).toBe('```json');
    expect(lines.pop()).toBe('```');
    expect(JSON.parse(lines.join('\n')).Statement).toEqual([{ Effect: 'Allow', Action: ['eks:DescribeCluster'], Resource: '*' }]);
  });
});

describe('README.md', () => {
  const parts = { rules: [rule], settings: {}, actions: ['eks:DescribeCluster'] };
  const section = (name: string, body: string) => `<!-- generated:${name} -->${body}<!-- /generated:${name} -->\n`;
  const text = (policy: string, rules: string, settings: string) =>
    `# A\n${section('permissions', policy)}B\n${section('rules', rules)}${section('settings', settings)}C\n`;

  it('keeps what is written around its generated parts', () => {
    const rendered = renderReadme(text('', '', 'stale'), parts);
    const [policy, rules, settings] = [renderPolicy(parts.actions), renderRuleTable([rule]), renderSettingsTable({})];
    expect(rendered).toBe(text(`\n${policy}\n`, `\n${rules}\n`, `\n${settings}\n`));
    expect(renderReadme(rendered, parts)).toBe(rendered);
  });

  it('must hold both markers of each part', () => {
    expect(() => renderReadme('# A', parts)).toThrow('<!-- generated:permissions -->');
    const unclosed = text('', '', '').replace('<!-- /generated:settings -->', '');
    expect(() => renderReadme(unclosed, parts)).toThrow('<!-- /generated:settings -->');
  });
});
