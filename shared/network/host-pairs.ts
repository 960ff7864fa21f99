// Where two ends meet: one class of senders, one class of receivers, and the spaces of their addresses. A packet from x to y passes
// when the senders' egress admits y and the receivers' ingress admits x, so what passes is a rectangle: no pair has to be looked at.
import type { AddressFamily, Unsettled } from '../domain/security-group.ts';
import type { CompiledFacts } from './compile.ts';
import { type CompiledEndpoint, classesOf, type HostClass, type Space } from './endpoint.ts';
import type { Intervals } from './intervals.ts';
import { type Admitted, admitted, type SideQuestion } from './side.ts';
import type { CompiledTraffic } from './traffic.ts';

export interface HostPair {
  senders: HostClass;
  receivers: HostClass;
  from: Space;
  to: Space;
  /** Which receivers' addresses the senders' groups let out to. */
  egress: Admitted;
  /** Which senders' addresses the receivers' groups let in from. */
  ingress: Admitted;
}

export interface PairContext {
  facts: CompiledFacts;
  traffic: CompiledTraffic;
  families: readonly AddressFamily[];
}

/** The families in which two ends can meet. An end of which no address is known could have any. */
export function sharedFamilies(from: CompiledEndpoint, to: CompiledEndpoint, traffic: CompiledTraffic): readonly AddressFamily[] {
  const has = ({ families }: CompiledEndpoint, family: AddressFamily) => families.length === 0 || families.includes(family);
  return traffic.families.filter((family) => has(from, family) && has(to, family));
}

/** Every way in which the two ends can meet, in the order of their hosts. */
export function hostPairs(context: PairContext, from: CompiledEndpoint, to: CompiledEndpoint): HostPair[] {
  const { families } = context;
  const spaces: readonly Space[] = [...families, 'unplaced'];
  const pairs = spaces.flatMap((a) => spaces.filter((b) => a === b || a === 'unplaced' || b === 'unplaced').map((b) => [a, b] as const));
  const found: HostPair[] = [];
  for (const senders of classesOf(from, families))
    for (const receivers of classesOf(to, families)) {
      const sides = sidesOf(context, senders, receivers);
      for (const [a, b] of pairs)
        if (senders.spaces[a].length > 0 && receivers.spaces[b].length > 0)
          found.push({ senders, receivers, from: a, to: b, egress: sides.egress(b), ingress: sides.ingress(a) });
    }
  return found;
}

/** The two sides of a pair of classes, each asked once for each space. */
function sidesOf(context: PairContext, senders: HostClass, receivers: HostClass) {
  const once = (question: Omit<SideQuestion, 'space'>) => {
    const known = new Map<Space, Admitted>();
    return (space: Space): Admitted => {
      const answer = known.get(space) ?? admitted({ ...question, space });
      known.set(space, answer);
      return answer;
    };
  };
  return {
    egress: once({ ...context, side: 'egress', local: senders, other: receivers }),
    ingress: once({ ...context, side: 'ingress', local: receivers, other: senders }),
  };
}

const some = (...sets: readonly Intervals[]): boolean => sets.some((set) => set.length > 0);

/** Whether some packet of a pair certainly passes. */
export const hasOpen = ({ egress, ingress }: HostPair): boolean => some(egress.yes) && some(ingress.yes);

/** Whether some packet of a pair certainly does not pass: one side is enough, whatever the other says. */
export const hasBlocked = ({ egress, ingress }: HostPair): boolean => some(egress.no, ingress.no);

/** What would have to be known to tell of every packet of a pair whether it passes. A side that the other blocks anyway adds nothing. */
export function unsettledOf({ egress, ingress }: HostPair): readonly Unsettled[] {
  return [...(some(ingress.yes, ingress.maybe) ? egress.unsettled : []), ...(some(egress.yes, egress.maybe) ? ingress.unsettled : [])];
}

/** Whether it cannot be told of some packet of a pair. */
export const hasUnknown = ({ egress, ingress }: HostPair): boolean =>
  (some(egress.maybe) && some(ingress.yes, ingress.maybe)) || (some(ingress.maybe) && some(egress.yes, egress.maybe));
