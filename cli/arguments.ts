import { resolve } from 'node:path';
import { didYouMean } from '../shared/content/nearest.ts';
import { isClusterName } from '../shared/domain/tags.ts';
import { SEVERITIES, type Severity } from '../shared/domain/verdict.ts';
import { ledgerProblems, tableOf } from './ledger.ts';
import { type Option, readOptions } from './options.ts';

export const FORMATS = ['table', 'json'] as const;
export type Format = (typeof FORMATS)[number];
export const AUDIT_FORMATS = [...FORMATS, 'markdown'] as const;
export type AuditFormat = (typeof AUDIT_FORMATS)[number];

export const REGION: Option = {
  value: 'REGION',
  says: "Region to look at. Default: AWS_REGION, AWS_DEFAULT_REGION, the profile's region.",
};
export const FORMAT: Option = { value: 'table|json', choices: FORMATS, says: 'Default: table.' };
export const LEDGER_VALUE = 'FILE|dynamodb:TABLE[@REGION]';

export const AUDIT_OPTIONS = {
  region: { ...REGION, repeatable: true },
  cluster: { value: 'NAME', repeatable: true, says: 'Only what belongs to this cluster, alive or deleted.' },
  rule: { value: 'ID', repeatable: true, says: 'Only this rule; `rules` lists them.' },
  format: { value: AUDIT_FORMATS.join('|'), choices: AUDIT_FORMATS, says: 'Default: table. markdown is for a pull request or a ticket.' },
  output: { value: 'FILE', says: 'Write the result to a file instead of stdout.' },
  ledger: { value: LEDGER_VALUE, says: 'Remember what was seen: only a second sighting makes an orphan of a suspect.' },
  'fail-on': {
    value: SEVERITIES.join('|'),
    choices: SEVERITIES,
    says: 'Exit with 1 for a finding of this severity or above. Default: high.',
  },
} as const satisfies Record<string, Option>;

export const PREFLIGHT_OPTIONS = {
  cluster: { value: 'NAME', says: 'The cluster that is going to be deleted. Required.' },
  region: REGION,
  format: FORMAT,
} as const satisfies Record<string, Option>;

export const RULES_OPTIONS = { format: FORMAT } as const satisfies Record<string, Option>;

export interface AuditArguments {
  regions: readonly string[];
  clusters: readonly string[];
  rules: readonly string[];
  format: AuditFormat;
  output: string | undefined;
  ledger: string | undefined;
  failOn: Severity;
}

export interface PreflightArguments {
  cluster: string;
  regions: readonly string[];
  format: Format;
}

/** Arguments as typed, with defaults where something is wrong; `problems` says what, all of it. */
export interface Parsed<T> {
  value: T;
  problems: readonly string[];
}

export const formatOf = ([value]: readonly string[]): Format => FORMATS.find((format) => format === value) ?? 'table';
export const distinct = (values: readonly string[]): string[] => [...new Set(values)].filter((value) => value.trim() !== '');

export const impossibleNames = (names: readonly string[]): string[] =>
  names
    .filter((name) => !isClusterName(name))
    .map(
      (name) =>
        `--cluster ${name}: no cluster can have this name (letters, digits, - and _, 100 at most).${name.includes(',') ? ' Repeat --cluster for each name.' : ''}`,
    );

/** The arguments of `audit`. */
export function parseAudit(argv: readonly string[], ruleIds: readonly string[]): Parsed<AuditArguments> {
  const { values, problems } = readOptions(argv, AUDIT_OPTIONS);
  const [clusters, rules] = [distinct(values.cluster), distinct(values.rule)];
  const [output, ledger] = [distinct(values.output)[0], distinct(values.ledger)[0]];
  const unknownRules = rules.filter((id) => !ruleIds.includes(id));
  const format = AUDIT_FORMATS.find((each) => each === values.format[0]) ?? 'table';
  const failOn = SEVERITIES.find((severity) => severity === values['fail-on'][0]) ?? 'high';
  return {
    value: { regions: distinct(values.region), clusters, rules, format, output, ledger, failOn },
    problems: [
      ...problems,
      ...impossibleNames(clusters),
      ...unknownRules.map((id) => `--rule ${id}: there is no such rule.${didYouMean(id, ruleIds) || ` Rules: ${ruleIds.join(', ')}.`}`),
      ...ledgerProblems(ledger),
      ...(output && ledger && tableOf(ledger) === undefined && resolve(output) === resolve(ledger)
        ? [`--output and --ledger are the same file, ${output}. Give the result another one.`]
        : []),
    ],
  };
}

/** The arguments of `preflight`. */
export function parsePreflight(argv: readonly string[]): Parsed<PreflightArguments> {
  const { values, problems } = readOptions(argv, PREFLIGHT_OPTIONS);
  const clusters = distinct(values.cluster);
  return {
    value: { cluster: clusters[0] ?? '', regions: distinct(values.region), format: formatOf(values.format) },
    problems: [
      ...problems,
      ...(values.cluster.length === 0 ? ['preflight needs the cluster that is going to be deleted: --cluster NAME.'] : []),
      ...impossibleNames(clusters),
    ],
  };
}

/** The arguments of `rules`. */
export function parseRules(argv: readonly string[]): Parsed<{ format: Format }> {
  const { values, problems } = readOptions(argv, RULES_OPTIONS);
  return { value: { format: formatOf(values.format) }, problems };
}
