/** Why something could not be read. `not-asked`: an earlier read that it depends on failed, and that one is the gap. */
export type FailureCause = 'denied' | 'throttled' | 'credentials' | 'unreachable' | 'malformed' | 'failed' | 'not-asked';

export interface ReadFailure {
  cause: FailureCause;
  /** The IAM action that was tried, e.g. `ec2:DescribeNetworkInterfaces`. */
  action: string;
  /** What was asked for, where a slice is read item by item: a cluster name, an interface id. */
  item?: string;
  /** The service's own error code, where it gave one. */
  code?: string;
  message: string;
}

/** The outcome of one read. A failed read must never look like an empty one, so there is no value to mistake for it. */
export type Read<T> = { ok: true; value: T; readAt: string } | { ok: false; reason: ReadFailure };

/** What is read item by item holds an answer per item, so that one denied name does not blind a region. */
export type ItemReads<T> = Readonly<Record<string, Read<T>>>;

/** The answer for one item, or undefined if it was not asked for. A cluster may well be called `constructor`. */
export const itemOf = <T>(items: ItemReads<T>, item: string): Read<T> | undefined => (Object.hasOwn(items, item) ? items[item] : undefined);

/** A read that succeeded at `at`. */
export const readOk = <T>(value: T, at: Date): Read<T> => ({ ok: true, value, readAt: at.toISOString() });

/** A read that failed. */
export const readFailed = <T>(reason: ReadFailure): Read<T> => ({ ok: false, reason });

/** One sentence that a person understands: what was asked, of what, and what came back. */
export function describeFailure({ action, item, code, message }: ReadFailure): string {
  return `${action}${item ? ` for ${item}` : ''} failed: ${code && !message.startsWith(code) ? `${code}: ` : ''}${message}`;
}
