import type { RuleMeta } from '../../shared/rules/define.ts';
import { SCHEMA_VERSION, toJson } from './json.ts';
import { layout, type View } from './layout.ts';

/** The rules, for a person. */
export function rulesTable(rules: readonly RuleMeta[], view: View): string {
  const rows = rules.map(({ id, severity, states, title }) => [id, severity, states?.join(', ') ?? '-', title]);
  return layout([{ rows: [['RULE', 'SEVERITY', 'STATES', 'WHAT IT FINDS'], ...rows], indent: 0 }], view);
}

/** The rules with all their metadata. */
export function rulesJson(rules: readonly RuleMeta[]): string {
  const metadata = rules.map(({ id, title, severity, states = [], why, remedy }) => ({ id, title, severity, states, why, remedy }));
  return toJson({ schemaVersion: SCHEMA_VERSION, rules: metadata });
}
