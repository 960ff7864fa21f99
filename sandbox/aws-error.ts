import type { Params } from './http/param.ts';

/** What a service refuses with. Thrown by handlers and actors; each service words it in its own protocol. */
export interface AwsError extends Error {
  code: string;
  status: number;
  /** What the error's body holds besides its code and message. */
  details: Params;
}

/** An error as AWS names it. */
export const awsError = (code: string, message: string, status = 400, details: Params = {}): AwsError =>
  Object.assign(new Error(message), { code, status, details });

export const isAwsError = (error: unknown): error is AwsError =>
  error instanceof Error && 'code' in error && 'status' in error && 'details' in error;
