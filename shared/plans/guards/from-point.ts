import type { ProofPoint } from '../../domain/verdict.ts';
import type { FoundCandidate, Guard, GuardContext } from '../deletion.ts';

/** A guard that asks for one point of the proof: it must hold, and nothing else than "holds" lets through. */
export function guardFromPoint(id: string, says: string, point: (candidate: FoundCandidate, context: GuardContext) => ProofPoint): Guard {
  return {
    id,
    says,
    judge: (candidate, context) => {
      const { outcome, says: reason } = point(candidate, context);
      return outcome === 'holds' ? { allows: true } : { allows: false, reason };
    },
  };
}
