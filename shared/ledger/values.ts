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

export const LEASE = { by: TEXT, until: TIME } as const;

/** A type after a trip through JSON, which leaves out what is undefined. */
export type Stored<T> = T extends readonly (infer Item)[]
  ? readonly Stored<Item>[]
  : T extends object
    ? { [K in keyof T as undefined extends T[K] ? never : K]: Stored<T[K]> } & {
        [K in keyof T as undefined extends T[K] ? K : never]?: Stored<T[K]>;
      }
    : T;
