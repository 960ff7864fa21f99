import type { Faults, SandboxCall } from '../http/faults.ts';
import type { Environment } from './environment.ts';

/** The moment at which a function's process is killed. */
export interface Crash {
  /** Before a call has its effect, or after it, before its answer arrives. */
  when: 'before' | 'after';
  /** The first call unless said otherwise. */
  call?: number;
  /** Which calls are counted; all of the process's own unless said otherwise. */
  of?: (call: SandboxCall) => boolean;
}

export interface ArmedCrash {
  happened(): boolean;
  disarm(): void;
}

/** Has a process killed around one of its calls to the sandbox. */
export function armCrash(faults: Faults, environment: Environment, { when, call: nth = 1, of = () => true }: Crash): ArmedCrash {
  let seen = 0;
  let struck: SandboxCall | undefined;
  const isDue = (call: SandboxCall): boolean => {
    if (struck || call.session !== environment.session || !of(call)) return false;
    seen += 1;
    if (seen === nth) struck = call;
    return struck !== undefined;
  };
  // Two rules: the process dies even where another fault decides about the answer.
  const removals = [
    faults.add({ when: isDue, times: 1, [when]: environment.kill }),
    faults.add({ when: (call) => call === struck, times: 1, effect: { kind: 'drop', after: when === 'after' } }),
  ];
  return {
    happened: () => struck !== undefined,
    disarm: () => {
      for (const remove of removals) remove();
    },
  };
}
