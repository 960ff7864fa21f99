/** What Slack refuses with. `reason` says what was wrong where; Slack itself says so only of arguments and blocks. */
export interface SlackRefusal extends Error {
  code: string;
  reason: string;
}

/** A refusal by Slack's name for it. */
export const refusal = (code: string, reason: string): SlackRefusal => Object.assign(new Error(`${code}: ${reason}`), { code, reason });

export const isRefusal = (error: unknown): error is SlackRefusal => error instanceof Error && 'code' in error && 'reason' in error;

/** Blocks that Slack would not show; `at` is a JSON pointer into the request, as Slack gives it. */
export const invalidBlocks = (what: string, at: string): SlackRefusal => refusal('invalid_blocks', `${what} [json-pointer:${at}]`);
