import type { Labels } from '../content/announce.ts';
import { SEVERITIES, type Severity } from '../domain/verdict.ts';

export const worstOf = (labels: readonly Pick<Labels, 'severity'>[]): Severity =>
  SEVERITIES.findLast((severity) => labels.some((each) => each.severity === severity)) ?? 'low';

/** The labels that are words. */
export type Named = Exclude<keyof Labels, 'urgency' | 'isOver'>;

/** The value of a label that all of them have, or undefined. */
export function sharedBy(labels: readonly Labels[], name: Named): string | undefined {
  const value = labels[0]?.[name] ?? undefined;
  return labels.every((each) => each[name] === value) ? value : undefined;
}

/** The different values of one label, in the order of their first appearance. */
export const valuesOf = (labels: readonly Labels[], name: Named): string[] => [...new Set(labels.flatMap((each) => each[name] ?? []))];
