// Paths of which the port is not known: what all ports together say.
import type { PathOutcome, PortRange } from '../domain/security-group.ts';

/** Whether all ports agree: `open` and `blocked` mean every one of them. `some` and `unknown` are what they are mixed of. */
export interface AnyPort {
  outcome: PathOutcome | 'mixed';
  /** The ports that are open, at least to some hosts, e.g. `80, 8000-8100`. */
  open: string;
}

const text = ({ from, to }: PortRange): string => (from === to ? String(from) : `${from}-${to}`);

/** What ranges of ports say together. No pod listens on port 0. */
export function anyPort(ranges: readonly PortRange[]): AnyPort {
  const real = ranges.filter(({ to }) => to >= 1).map((range) => ({ ...range, from: Math.max(range.from, 1) }));
  const outcomes = [...new Set(real.map(({ outcome }) => outcome))];
  const [only] = outcomes;
  return {
    outcome: only !== undefined && outcomes.length === 1 ? only : 'mixed',
    open: real
      .filter(({ outcome }) => outcome === 'open' || outcome === 'some')
      .map(text)
      .join(', '),
  };
}
