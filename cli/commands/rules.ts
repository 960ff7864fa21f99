import { ConfigError } from '../../shared/runtime/errors.ts';
import { parseRules } from '../arguments.ts';
import { EXIT } from '../exit-code.ts';
import { print } from '../output.ts';
import type { Command } from '../ports.ts';
import { rulesJson, rulesTable } from '../render/rules.ts';
import { colourOf, columnsOf } from '../render/style.ts';

/** `sgp-warden rules` */
export const rulesCommand: Command = async (argv, { stdout, env }, { rules }) => {
  const { value, problems } = parseRules(argv);
  if (problems.length > 0) throw new ConfigError(problems);
  const view = { columns: columnsOf(stdout), colour: colourOf(stdout, env) };
  await print(stdout, value.format === 'json' ? rulesJson(rules) : rulesTable(rules, view));
  return EXIT.ok;
};
