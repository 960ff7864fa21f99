import type { Labels } from '../content/announce.ts';
import type { Announcement } from '../content/announcement.ts';
import { bytesOf, clean, cut } from '../content/text.ts';
import { labelsOf } from './announced.ts';
import { valuesOf } from './labels.ts';

/** A message attribute as SNS takes it. */
export interface Attribute {
  DataType: 'String' | 'String.Array';
  StringValue: string;
}

// Raw delivery to SQS drops a message with more than 10 attributes.
const NAMES = ['kind', 'severity', 'ruleId', 'transition', 'account', 'region', 'cluster'] as const;
const VALUE_BYTES = 256;

/** The most that the attributes of one message take: far more than any real account has names. */
export const LABEL_BYTES = 16 * 1024;

/** What filter policies ask for. An interface may name two clusters: whoever follows either gets the message. `-` is no cluster. */
const partsOf = (name: (typeof NAMES)[number], values: readonly string[]): string[] => {
  const parts = name === 'cluster' ? values.flatMap((value) => value.split('+')) : values;
  return [...new Set(parts.map((part) => cut(clean(part).trim(), VALUE_BYTES)).filter((part) => part !== ''))];
};

const attribute = (values: readonly [string, ...string[]]): Attribute =>
  values.length === 1 ? { DataType: 'String', StringValue: values[0] } : { DataType: 'String.Array', StringValue: JSON.stringify(values) };

const valuesFor = (name: (typeof NAMES)[number], labels: readonly Labels[]): string[] =>
  partsOf(name, [...valuesOf(labels, name), ...(name === 'cluster' && labels.some(({ cluster }) => cluster === null) ? ['-'] : [])]);

/** What each label takes in the attributes of a message that does not have it yet. */
export const attributeBytes = (labels: Labels): Map<string, number> =>
  new Map(NAMES.flatMap((name) => valuesFor(name, [labels]).map((value) => [`${name} ${value}`, bytesOf(JSON.stringify(value)) + 1])));

/**
 * The attributes by which subscribers filter. A batch has every value that any of its announcements has (String.Array matches if any
 * does), so that a filter never loses what it would have let through alone.
 */
export function attributesOf(announcements: readonly Announcement[]): Record<string, Attribute> {
  const labels = announcements.map(labelsOf);
  const entries = NAMES.flatMap((name) => {
    const batch = name === 'kind' && announcements.length > 1 ? ['digest'] : [];
    const [first, ...more] = [...batch, ...valuesFor(name, labels)];
    return first === undefined ? [] : [[name, attribute([first, ...more])] as const];
  });
  return Object.fromEntries(entries);
}
