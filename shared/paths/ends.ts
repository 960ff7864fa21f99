import { type CompiledEndpoint, compileEndpoint } from '../network/endpoint.ts';
import type { EndAnswer } from './hosts.ts';
import type { SetVerdict } from './judge-sets.ts';

/** An end made ready for the evaluator, or why nobody can tell who it is. */
export type End = { end: CompiledEndpoint } | { unknown: string };

export const compileEnd = (answer: EndAnswer): End => ('unknown' in answer ? answer : { end: compileEndpoint(answer.endpoint) });

/** Both ends, or the verdict that without one of them nothing can be said. */
export function bothEnds(one: End, other: End): { ends: readonly [CompiledEndpoint, CompiledEndpoint] } | { settled: SetVerdict } {
  if ('end' in one && 'end' in other) return { ends: [one.end, other.end] };
  const reasons = [one, other].flatMap((each) => ('unknown' in each ? [each.unknown] : []));
  return { settled: { verdict: 'unknown', summary: [...new Set(reasons)].join('; '), evidence: {} } };
}

/** Makes each once: the same CoreDNS is asked about by every set of its cluster. */
export function onceEach<K, T>(make: (key: K) => T): (key: K) => T {
  const made = new Map<K, T>();
  return (key) => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const fresh = make(key);
    made.set(key, fresh);
    return fresh;
  };
}

/** What a finding tells of the other end. */
export const counterpart = ({ endpoint }: CompiledEndpoint) => ({ label: endpoint.label, hosts: endpoint.hosts.length });
