import { parseArgs } from 'node:util';
import { didYouMean } from '../shared/content/nearest.ts';

/** One option of a command; the usage text and the parser are both made of it. */
export interface Option {
  /** What stands for the value in the usage line; a switch has none. */
  value?: string;
  says: string;
  repeatable?: true;
  choices?: readonly string[];
}

export interface Given<Name extends string> {
  values: Record<Name, string[]>;
  /** What stands by itself, where the command takes that. */
  operands: string[];
  problems: string[];
}

const misplaced = ' A value belongs to an option, and several values repeat it: --region A --region B.';

const orList = (words: readonly string[]): string => words.join(', ').replace(/, ([^,]*)$/, ' or $1');

/** `--name` without a value, made an empty one: parseArgs would take the option that follows for it. */
const withValues = (argv: readonly string[], known: readonly string[]): string[] =>
  argv.map((word, index) => (known.includes(word) && /^(-.|$)/.test(argv[index + 1] ?? '') && argv[index + 1] !== '' ? `${word}=` : word));

/**
 * What was given for each option, and all that is wrong with it. parseArgs stops at its first complaint when it is strict,
 * so it only cuts the arguments here, and every complaint is ours.
 */
export function readOptions<Name extends string>(
  argv: readonly string[],
  options: Readonly<Record<Name, Option>>,
  takes: readonly string[] = [],
): Given<Name> {
  const names = Object.keys(options) as Name[];
  const known = names.map((name) => `--${name}`);
  const valued = names.filter((name) => !isSwitch(options[name])).map((name) => `--${name}`);
  const given: Given<Name> = {
    values: Object.fromEntries(names.map((name): [Name, string[]] => [name, []])) as Record<Name, string[]>,
    operands: [],
    problems: [],
  };
  const { tokens } = parseArgs({
    args: withValues(argv, valued),
    strict: false,
    tokens: true,
    allowPositionals: true,
    options: Object.fromEntries(names.map((name) => [name, { type: isSwitch(options[name]) ? 'boolean' : 'string' }])),
  });
  let afterUnknown = -1;
  for (const token of tokens) {
    if (token.kind === 'option') {
      const name = names.find((each) => each === token.name);
      if (name !== undefined) takeOption(given, name, options[name], token.value);
      else {
        given.problems.push(`unknown option ${token.rawName}.${didYouMean(token.rawName, known) || ` Known: ${known.join(', ')}.`}`);
        afterUnknown = token.index + 1;
      }
    }
    // What follows an unknown option is its value, and no complaint of its own.
    if (token.kind === 'positional' && token.index !== afterUnknown) takeOperand(given, token.value, takes);
  }
  return { ...given, problems: [...given.problems, ...names.flatMap((name) => complaints(name, options[name], given.values[name]))] };
}

const isSwitch = ({ value }: Option): boolean => value === undefined;

function takeOption<Name extends string>(given: Given<Name>, name: Name, option: Option, value: string | undefined): void {
  given.values[name].push(value ?? '');
  // `--apply=false` must not apply, and `--apply=true` should not be a second way to say it.
  if (isSwitch(option) && value !== undefined) given.problems.push(`--${name} takes no value, but was given ${value || 'an empty one'}.`);
}

function takeOperand(given: Given<string>, value: string, takes: readonly string[]): void {
  const advice = takes.length > 0 ? ` One ${takes.join(' and one ')} at a time.` : misplaced;
  if (given.operands.length < takes.length) given.operands.push(value);
  else given.problems.push(`unexpected argument ${value}.${advice}`);
}

function complaints(name: string, { value: placeholder, repeatable, choices }: Option, values: readonly string[]): string[] {
  const problems: string[] = [];
  if (!repeatable && values.length > 1) problems.push(`--${name} was given ${values.length} times. Give it once.`);
  if (placeholder === undefined) return problems;
  for (const value of new Set(values)) {
    if (value.trim() === '') problems.push(`--${name} needs a value: --${name} ${placeholder}. Is a shell variable unset?`);
    else if (choices && !choices.includes(value)) {
      problems.push(`--${name} ${value}: must be ${orList(choices)}.${didYouMean(value, choices)}`);
    }
  }
  return problems;
}
