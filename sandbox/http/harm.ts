import type { Pod } from '../world/state.ts';
import type { SandboxCall } from './faults.ts';

/** A deletion that took the interface of a live pod away. */
export interface Harm {
  call: SandboxCall;
  interfaceId: string;
  pod: Pod;
}
