import { type Read, type ReadFailure, readFailed, readOk } from '../domain/read.ts';
import { causeOf, codeOf, messageOf } from './errors.ts';

/** What a read is about: the IAM action, and the item where one is asked for by name. */
export interface Asked {
  action: string;
  item?: string;
}

/** The failure that an error means for the read it came from. */
export function failureOf({ action, item }: Asked, error: unknown): ReadFailure {
  const code = codeOf(error);
  return { cause: causeOf(error), action, ...(item === undefined ? {} : { item }), ...(code ? { code } : {}), message: messageOf(error) };
}

/** Runs one read. Whatever goes wrong makes it a failed read: a collector never throws. `readAt` is when it began. */
export async function attempt<T>(asked: Asked, clock: () => Date, read: () => Promise<T>): Promise<Read<T>> {
  const began = clock();
  try {
    return readOk(await read(), began);
  } catch (error) {
    return readFailed(failureOf(asked, error));
  }
}
