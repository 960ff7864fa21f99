// What the value of a setting may be, each said once: the schema that a cold start and the command line parse with, and the constraint that
// CloudFormation and packaging check with.
import * as v from 'valibot';

/** A CloudFormation parameter's constraint. */
export interface Constraint {
  Type: 'String' | 'Number' | 'CommaDelimitedList';
  MinValue?: number;
  MaxValue?: number;
  AllowedValues?: readonly string[];
  AllowedPattern?: string;
  ConstraintDescription?: string;
}

const value = <S extends v.GenericSchema<string, unknown>>(schema: S, constraint: Constraint) => ({ schema, constraint });

const numberFrom = (pattern: RegExp, kind: string) => (min: number, max: number) =>
  value(
    v.pipe(
      v.string(),
      v.trim(),
      v.regex(pattern, `must be a ${kind} from ${min} to ${max}`),
      v.transform(Number),
      v.minValue(min, `must be ${min} or more`),
      v.maxValue(max, `must be ${max} or less`),
    ),
    { Type: 'Number', MinValue: min, MaxValue: max },
  );

export const wholeNumber = numberFrom(/^-?\d+$/, 'whole number');
export const decimal = numberFrom(/^\d+(\.\d+)?$/, 'number');

/** Items that match a pattern, separated by commas, each once. */
export const list = (item: string, wanted: string, also: (item: string) => boolean = () => true) => {
  const each = new RegExp(`^(?:${item})$`);
  return value(
    v.pipe(
      v.string(),
      v.transform((text) => [...new Set(text.split(',').map((part) => part.trim()))].filter((part) => part !== '')),
      v.check((items) => items.every((part) => each.test(part) && also(part)), `must be a comma-separated list of ${wanted}`),
    ),
    { Type: 'String', AllowedPattern: `^( *${item} *(,|$))*$`, ConstraintDescription: `must be a comma-separated list of ${wanted}` },
  );
};

/** One of a few words. */
export const oneOf = <const W extends readonly string[]>(words: W) =>
  value(v.pipe(v.string(), v.trim(), v.picklist(words, `must be ${words.join(', ').replace(/, (?=[^,]*$)/, ' or ')}`)), {
    Type: 'String',
    AllowedValues: words,
  });

/** A text that matches a pattern. */
export const matching = (pattern: RegExp, wanted: string) =>
  value(v.pipe(v.string(), v.trim(), v.regex(pattern, `must be ${wanted}`)), {
    Type: 'String',
    AllowedPattern: pattern.source,
    ConstraintDescription: `must be ${wanted}`,
  });

/** The same value, read as something else. */
export const as = <S extends v.GenericSchema<string, unknown>, T>(
  { schema, constraint }: { schema: S; constraint: Constraint },
  read: (output: v.InferOutput<S>) => T,
) => value(v.pipe(schema, v.transform(read)), constraint);
