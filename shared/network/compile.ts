import type { NetworkFacts } from '../model/network.ts';

/** Facts made ready: each rule parsed once. Compile once per audit, ask as often as needed. */
export interface CompiledFacts {
  readonly facts: NetworkFacts;
}

/** Makes facts ready for `evaluate`. Never throws: what cannot be understood becomes unknown where it matters. */
export function compileFacts(facts: NetworkFacts): CompiledFacts {
  return { facts };
}
