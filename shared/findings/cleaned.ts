import type { FindingState, TransitionKind } from '../domain/finding.ts';
import type { DeletionOutcome } from '../plans/deletion.ts';
import { enqueue } from './finding-state.ts';
import type { Words } from './meaning.ts';

const KINDS: Partial<Record<DeletionOutcome['status'], TransitionKind>> = {
  deleted: 'cleaned',
  'already-gone': 'resolved',
  failed: 'cleanup-failed',
};

/** A finding after its interface was deleted, or after that failed; undefined when nothing changes. A refusal leaves it open. */
export function cleaned(
  state: FindingState,
  { status, says }: DeletionOutcome,
  at: Date,
  publishers: readonly string[],
): FindingState | undefined {
  const kind = KINDS[status];
  if (!kind || state.status !== 'open') return undefined;
  const time = at.toISOString();
  const isOver = kind !== 'cleanup-failed';
  const next: FindingState = isOver ? { ...state, status: 'resolved', resolvedAt: time } : state;
  return enqueue({ state: next, transition: { kind, findingId: state.finding.id, at: time, ...wordsOf(kind, state, says) } }, publishers);
}

function wordsOf(kind: TransitionKind, { finding }: FindingState, says: string): Words {
  const { id } = finding.subject;
  if (kind === 'cleaned') return { says: `${id} is deleted`, ...(says === 'deleted' ? {} : { details: says }) };
  return { says: `${id} ${kind === 'resolved' ? 'is gone' : 'could not be deleted'}`, details: says };
}
