import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Rule } from '../../shared/rules/define.ts';

const FOLDER = 'shared/rules';
// What tells a rule from the other files of the folder, without loading them.
const DECLARES_A_RULE = /^export default defineRule\(/m;

/** The file of a rule: its topic is its folder. */
export const placeOf = ({ meta, topic }: Rule): string => `${FOLDER}/${topic}/${meta.id}.ts`;

/** The rules that live in shared/rules, by id. Each is loaded from its own file: the index is made of this, not the other way. */
export async function loadRules(root: string): Promise<readonly Rule[]> {
  const files = readdirSync(join(root, FOLDER), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const ruleFiles = files.filter((file) => DECLARES_A_RULE.test(readFileSync(join(root, FOLDER, file), 'utf8')));
  const rules = await Promise.all(ruleFiles.map((file) => loadRule(root, file)));
  return rules.sort((a, b) => (a.meta.id < b.meta.id ? -1 : 1));
}

async function loadRule(root: string, file: string): Promise<Rule> {
  const { default: rule } = (await import(pathToFileURL(join(root, FOLDER, file)).href)) as { default: Rule };
  const place = placeOf(rule);
  if (place === `${FOLDER}/${file}`) return rule;
  throw new Error(`${FOLDER}/${file} declares the rule ${rule.meta.id} about ${rule.topic}; its place is ${place}`);
}
