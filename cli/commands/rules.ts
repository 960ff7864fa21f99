import { table } from '../../shared/content/blocks.ts';
import { ConfigError } from '../../shared/domain/errors.ts';
import { printedJson } from '../../shared/render/json.ts';
import { terminal as asText, type View } from '../../shared/render/terminal.ts';
import type { RuleMeta } from '../../shared/rules/define.ts';
import { parseRules } from '../arguments.ts';
import { EXIT } from '../exit-code.ts';
import { print } from '../output.ts';
import type { Command } from '../ports.ts';
import { viewOf } from '../view.ts';

/** The rules, for a person. */
export function rulesTable(rules: readonly RuleMeta[], view: View): string {
  const rows = rules.map(({ id, severity, states, title }) => [id, severity, states?.join(', ') ?? '-', title]);
  return asText([{ blocks: table('rules', rows, ['RULE', 'SEVERITY', 'STATES', 'WHAT IT FINDS']) }], view);
}

/** The rules with all their metadata. */
function rulesJson(rules: readonly RuleMeta[]): string {
  const metadata = rules.map(({ id, title, severity, states = [], why, remedy }) => ({ id, title, severity, states, why, remedy }));
  return printedJson({ rules: metadata });
}

/** `sgp-warden rules` */
export const rulesCommand: Command = async (argv, { stdout, env }, { rules }) => {
  const { value, problems } = parseRules(argv);
  if (problems.length > 0) throw new ConfigError(problems);
  await print(stdout, value.format === 'json' ? rulesJson(rules) : rulesTable(rules, viewOf(stdout, env)));
  return EXIT.ok;
};
