import type { RuleMeta } from '../../shared/rules/define.ts';
import { code, replaceSection, table } from './markdown.ts';

export interface SettingText {
  default: string;
  says: string;
}

/** Every rule, linked to its page. */
export function renderRuleTable(rules: readonly RuleMeta[]): string {
  const rows = rules.map(({ id, severity, states = [], title }) => [
    `[${code(id)}](docs/rules/${id}.md)`,
    severity,
    states.map(code).join(', ') || '-',
    title,
  ]);
  return table(['Rule', 'Severity', 'States', 'What it finds'], rows);
}

/** Every setting, by its name in the environment. */
export function renderSettingsTable(settings: Readonly<Record<string, SettingText>>): string {
  const rows = Object.entries(settings).map(([name, setting]) => [code(name), setting.default ? code(setting.default) : '-', setting.says]);
  return table(['Setting', 'Default', 'What it does'], rows);
}

// EC2's Describe actions know no resources, and a list of clusters would leave out those that are gone.
/** The IAM policy that allows these actions. */
export function renderPolicy(actions: readonly string[]): string {
  const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] };
  return `\`\`\`json\n${JSON.stringify(policy, undefined, 2)}\n\`\`\``;
}

export interface ReadmeParts {
  rules: readonly RuleMeta[];
  settings: Readonly<Record<string, SettingText>>;
  actions: readonly string[];
}

/** README.md with its generated parts. */
export function renderReadme(text: string, { rules, settings, actions }: ReadmeParts): string {
  const sections = { permissions: renderPolicy(actions), rules: renderRuleTable(rules), settings: renderSettingsTable(settings) };
  return Object.entries(sections).reduce((rendered, [name, body]) => replaceSection(rendered, name, body), text);
}
