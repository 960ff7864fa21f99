import type { PathProof, PortRange, Traffic } from '../model/network.ts';
import type { CompiledFacts } from './compile.ts';
import type { CompiledEndpoint } from './endpoint.ts';

/** May the hosts of `from` open connections to the hosts of `to`? */
export interface Path {
  from: CompiledEndpoint;
  to: CompiledEndpoint;
  traffic: Traffic;
}

/** What the security groups of both ends say about a path. Throws a RangeError when TCP or UDP is asked about without a port. */
export function evaluate(_facts: CompiledFacts, _path: Path): PathProof {
  throw new Error('not written yet');
}

/** Every port of a protocol from 0 to 65535 in ranges of one outcome, in order. */
export function evaluatePorts(
  _facts: CompiledFacts,
  _path: Omit<Path, 'traffic'> & { protocol: 'tcp' | 'udp'; family?: Traffic['family'] },
): PortRange[] {
  throw new Error('not written yet');
}
