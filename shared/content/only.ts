/** These fields of something, in this order, as far as they are known: what is not named does not leave the program. */
export const only = <T, K extends keyof T>(of: T, ...keys: readonly K[]) =>
  Object.fromEntries(keys.flatMap((key) => (of[key] === undefined ? [] : [[key, of[key]] as const])));
