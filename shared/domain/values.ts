import * as v from 'valibot';

export const TEXT = v.pipe(v.string(), v.nonEmpty());

export const TIME = v.pipe(
  v.string(),
  v.isoTimestamp(),
  v.check((text) => Number.isFinite(Date.parse(text)), 'is no time'),
);

/** A whole number of `from` or more. */
export const wholeFrom = (from: number) => v.pipe(v.number(), v.safeInteger(), v.minValue(from));

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The type that a schema describes. What JSON leaves out because it is undefined must all the same be said where it is made: `v.optional` is
 * a key that is always there, `v.exactOptional` one that may be missing.
 */
export type Of<S extends v.GenericSchema> = Stated<v.InferOutput<S>>;

type Stated<T> = T extends readonly (infer Item)[]
  ? readonly Stated<Item>[]
  : T extends object
    ? { [K in keyof T as undefined extends Required<T>[K] ? never : K]: Stated<T[K]> } & {
        [K in keyof T as undefined extends Required<T>[K] ? K : never]-?: Stated<T[K]> | undefined;
      }
    : T;
