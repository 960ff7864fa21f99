import { type Rule, rulesInOrder } from '../rules-in-order.ts';

/** One request as it was received, and how it went. */
export interface SlackCall {
  /** 1 for the first. */
  index: number;
  /** e.g. `chat.postMessage`, or `response_url`. */
  method: string;
  args: Readonly<Record<string, unknown>>;
  /** By the `now` that Slack was started with. */
  at: number;
  /** The HTTP status of the answer; 0: not answered yet, or never. */
  status: number;
  /** Slack's name for why it was refused, or what a fault made of it. */
  error?: string;
  warning?: string;
}

export type SlackEffect =
  /** An answer instead of Slack's; nothing is done. */
  | { kind: 'status'; status: number; body?: string; headers?: Record<string, string> }
  /** HTTP 200 and `{ok: false, error}`; nothing is done. */
  | { kind: 'error'; error: string }
  /** Later, and as always. */
  | { kind: 'slow'; ms: number }
  /** The connection breaks before anything is done. */
  | { kind: 'drop' }
  /** It is done, and then the connection breaks. */
  | { kind: 'lost-answer' };

export interface SlackFault extends Rule<SlackCall> {
  effect: SlackEffect;
}

export interface SlackFaults {
  /** Appends a rule; the answer removes it again. */
  add(fault: SlackFault): () => void;
  clear(): void;
  /** What strikes this call: the first rule that matches; uses up its `times`. */
  strike(call: SlackCall): SlackEffect | undefined;
}

/** An ordered list of rules. */
export function createFaults(): SlackFaults {
  const { add, clear, matching } = rulesInOrder<SlackCall, SlackFault>();
  return {
    add,
    clear,
    strike: (call) => {
      const [struck] = matching(call);
      if (struck) struck.left -= 1;
      return struck?.rule.effect;
    },
  };
}
