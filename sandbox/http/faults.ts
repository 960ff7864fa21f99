import { type Rule, rulesInOrder } from '../rules-in-order.ts';
import type { Snapshot } from '../world/account.ts';
import type { Params } from './param.ts';

/** One call as it was received. `outcome` is `OK`, an error's code, or what a fault made of it, e.g. `hang`. */
export interface SandboxCall {
  /** 1 for the first call. */
  index: number;
  at: Date;
  service: string;
  action: string;
  region: string;
  accessKeyId: string;
  /** The session token of temporary credentials: which environment of a function made the call. */
  session?: string;
  params: Params;
  mutating: boolean;
  /** `pending` until it is answered. */
  outcome: string;
  /** What became of it before a fault hid that from the caller: with a lost answer the effect still counts. */
  effect: string;
  /** What a mutating EC2 or EKS call was answered with, also where a fault hid that from the caller. CloudTrail tells it. */
  result?: Readonly<Record<string, unknown>>;
  /** Why it was refused. */
  refusal?: string;
  /** What the service did with its caller's permissions, e.g. `kms:Decrypt` for an encrypted topic. */
  onBehalf?: readonly string[];
}

export type Effect =
  /** An error in the service's own protocol. */
  | { kind: 'error'; code: string; message?: string; status?: number }
  /** The service's own throttling error, e.g. RequestLimitExceeded. */
  | { kind: 'throttle' }
  /** The service's own refusal, e.g. UnauthorizedOperation. */
  | { kind: 'deny' }
  /** A page as a proxy or load balancer sends it. Status 200 unless stated. */
  | { kind: 'html'; status?: number; body?: string }
  /** The first half of the right answer, as a complete HTTP response. */
  | { kind: 'truncate' }
  /** No answer at all; the call has its effect first when `after` is set. */
  | { kind: 'hang'; after?: boolean }
  /** The connection breaks; the call has its effect first when `after` is set. */
  | { kind: 'drop'; after?: boolean }
  /** Entries of a batch call fail, all of them unless stated; the answer is 200. */
  | { kind: 'fail-entries'; ids?: (id: string) => boolean; code?: string }
  /** The answer of an earlier world. A mutating call is still carried out on today's. */
  | { kind: 'stale'; snapshot: Snapshot };

export interface Fault extends Rule<SandboxCall> {
  effect?: Effect;
  /** May change the world before the call is carried out. */
  before?: (call: SandboxCall) => void | Promise<void>;
  /** May change the world after the call was carried out, before the caller learns of it. */
  after?: (call: SandboxCall) => void | Promise<void>;
}

export interface Faults {
  /** Appends a rule; the answer removes it again. */
  add(fault: Fault): () => void;
  clear(): void;
  /** The rules that strike this call, in order; uses up their `times`. */
  strike(call: SandboxCall): readonly Fault[];
}

/** An ordered list of rules. The hooks of every match run; the first match with an effect decides the answer. */
export function createFaults(): Faults {
  const { add, clear, matching } = rulesInOrder<SandboxCall, Fault>();
  return {
    add,
    clear,
    strike: (call) => {
      let effectTaken = false;
      return matching(call).flatMap((entry) => {
        const { rule } = entry;
        // A rule whose effect is not used because an earlier one decided keeps its strike for a later call.
        if (rule.effect && effectTaken) return [];
        effectTaken ||= rule.effect !== undefined;
        entry.left -= 1;
        return [rule];
      });
    },
  };
}
