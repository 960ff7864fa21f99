// Evidence is made by rules and kept in ledgers of other versions: what is missing or of another shape is left out, never a crash.
import type { Evidence } from '../model/verdict.ts';

const partOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
const textsOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((each): each is string => typeof each === 'string' && each !== '');

// What every interface that is worth a message fulfils: true, and no news to anybody.
const OBVIOUS = new Set(['controller-owned', 'own-account', 'status-available', 'not-managed']);

/** What the deciding points of a proof say: those that hold, and those that are still missing. */
export function proofOf({ proof }: Evidence): { known: string[]; missing: string[] } {
  const points = Array.isArray(proof) ? proof : [];
  const says = (wanted: (outcome: unknown) => boolean) =>
    points
      .filter((point) => wanted(partOf(point, 'outcome')) && !OBVIOUS.has(String(partOf(point, 'point'))))
      .flatMap((point) => textsOf(partOf(point, 'says')));
  return { known: says((outcome) => outcome === 'holds'), missing: says((outcome) => outcome !== 'holds') };
}

/** What EC2 refuses to delete while the interface exists. */
export const blockedBy = ({ blocks }: Evidence): string[] => [
  ...textsOf(partOf(blocks, 'securityGroups')),
  ...textsOf(partOf(blocks, 'subnet')),
  ...textsOf(partOf(blocks, 'vpc')),
];

/** The interfaces that keep a security group, subnet or VPC from being deleted. */
export const holdersOf = ({ unlockSet, trunks }: Evidence): string[] => [...textsOf(unlockSet), ...textsOf(trunks)];

/** Every point of a proof. */
export const pointsOf = (proof: unknown): string[] =>
  (Array.isArray(proof) ? proof : []).map((each) => {
    const [point = '', outcome = '', says = ''] = ['point', 'outcome', 'says'].map((key) => textsOf(partOf(each, key))[0]);
    return `${point} ${outcome}: ${says}`;
  });
