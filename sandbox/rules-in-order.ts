/** A rule that strikes some calls. */
export interface Rule<Call> {
  /** Every call when left out. */
  when?: (call: Call) => boolean;
  /** How many matching calls it strikes; all of them when left out. */
  times?: number;
}

/** Rules in the order in which they were added, each with the strikes that it has left. */
export interface RulesInOrder<Call, R extends Rule<Call>> {
  /** Appends a rule; the answer removes it again. */
  add(rule: R): () => void;
  clear(): void;
  /** The rules that would strike this call. */
  matching(call: Call): readonly { rule: R; left: number }[];
}

/** An ordered list of rules. Whoever lets one strike counts its `left` down. */
export function rulesInOrder<Call, R extends Rule<Call>>(): RulesInOrder<Call, R> {
  let entries: { rule: R; left: number }[] = [];
  return {
    add: (rule) => {
      const entry = { rule, left: rule.times ?? Number.POSITIVE_INFINITY };
      entries.push(entry);
      return () => {
        entries = entries.filter((other) => other !== entry);
      };
    },
    clear: () => {
      entries = [];
    },
    matching: (call) => entries.filter(({ rule, left }) => left > 0 && (rule.when?.(call) ?? true)),
  };
}
