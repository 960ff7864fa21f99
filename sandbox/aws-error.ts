/** What a service refuses with. Thrown by handlers and actors; each service words it in its own protocol. */
export interface AwsError extends Error {
  code: string;
  status: number;
}

/** An error as AWS names it. */
export const awsError = (code: string, message: string, status = 400): AwsError => Object.assign(new Error(message), { code, status });

export const isAwsError = (error: unknown): error is AwsError => error instanceof Error && 'code' in error && 'status' in error;
