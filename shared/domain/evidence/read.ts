// Evidence is made by rules and kept in ledgers, which another version of this program may have written, or anybody edited.
import * as v from 'valibot';
import type { Evidence } from '../verdict.ts';

/** The schema of what a rule's evidence is: a title for each part, by which every output shows it. */
export type EvidenceSchema = v.ObjectSchema<v.ObjectEntries, undefined>;

type DeepReadonly<T> = T extends readonly (infer E)[]
  ? readonly DeepReadonly<E>[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T;

/** The evidence that a schema describes; a verdict that is no `fail` may lack parts of it. */
export type EvidenceOf<S extends EvidenceSchema> = {
  readonly [K in keyof v.InferOutput<S>]?: DeepReadonly<v.InferOutput<S>[K]> | undefined;
};

/** The parts of some evidence that are as its schema says; what is missing or of another shape is left out. */
export function readEvidence<S extends EvidenceSchema>({ entries }: S, evidence: Evidence): EvidenceOf<S> {
  const parts = Object.entries(entries).flatMap(([key, schema]) => {
    const parsed = v.safeParse(schema, evidence[key]);
    return parsed.success && parsed.output !== undefined ? [[key, parsed.output]] : [];
  });
  return Object.fromEntries(parts) as EvidenceOf<S>;
}

/** What people read above each part of some evidence. */
export const titlesOf = ({ entries }: EvidenceSchema): ReadonlyMap<string, string> =>
  new Map(Object.entries(entries).flatMap(([key, schema]) => [[key, v.getTitle(unwrapped(schema)) ?? key]]));

const unwrapped = (schema: v.ObjectEntries[string]): v.ObjectEntries[string] =>
  'wrapped' in schema && v.getTitle(schema) === undefined ? (schema.wrapped as v.ObjectEntries[string]) : schema;
