// By its shape: an error of another realm (a test's, a worker's) is no `Error` of ours.
const textOf = (error: unknown, property: 'code' | 'message'): string => {
  const text: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, property) : undefined;
  return typeof text === 'string' ? text : '';
};

/** The system's code of an error, e.g. `ENOENT`; empty when it has none. */
export const codeOf = (error: unknown): string => textOf(error, 'code');

/** The system's message; empty when it has none. */
export const messageOf = (error: unknown): string => textOf(error, 'message');
