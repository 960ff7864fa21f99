// What the invoker and a function's process tell one another.

export type ToRuntime =
  /** Loads the bundle: the cold start. */
  | { kind: 'init'; now: number; bundle: string; handler: string; mark: string }
  | { kind: 'invoke'; now: number; requestId: string; event: string; timeoutMs: number; functionArn: string };

export type FromRuntime =
  | { kind: 'ready' }
  | { kind: 'init-failed' | 'failed' | 'fatal'; error: FunctionError }
  | { kind: 'done'; payload: string };

/** An error as Lambda reports it. */
export interface FunctionError {
  errorType: string;
  errorMessage: string;
  trace: readonly string[];
}
