// What is said of a plan's interfaces: which, why that is certain, what that unblocks, what stays and why.
import { firstOf } from '../content/blocks.ts';
import { count, shortList } from '../content/words.ts';
import { type ProofPoint, shapeOf } from '../domain/verdict.ts';
import type { Plan, PlannedDeletion, Refusal } from './deletion.ts';

const MOST_LISTED = 10;
const MOST_POINTS = 12;
const MOST_IDS = 4;

export const addressesOf = (deletions: readonly PlannedDeletion[]): number =>
  deletions.reduce((sum, { addresses }) => sum + addresses.length, 0);

/** The first of them, each with its addresses. */
export const interfaceLines = (deletions: readonly PlannedDeletion[]): string[] =>
  firstOf(
    deletions.map(({ interfaceId, addresses }) => `${interfaceId}, ${shortList(addresses, 2)}`),
    MOST_LISTED,
    { what: '; `audit` and the machine-readable form on the findings topic list them' },
  );

/** Each kind of observation once, whatever ids it names, with how many are like it: a thousand proofs are one. */
export function observationsOf(deletions: readonly PlannedDeletion[]): (ProofPoint & { alike: number })[] {
  const points = deletions.flatMap(({ proof }) => proof);
  const order = [...new Set(points.map(({ point }) => point))];
  return [...Map.groupBy(points, ({ point, outcome, says }) => JSON.stringify([point, outcome, shapeOf(says)])).values()]
    .flatMap(([first, ...more]) => (first ? [{ ...first, alike: new Set([first, ...more].map(({ says }) => says)).size - 1 }] : []))
    .toSorted((a, b) => order.indexOf(a.point) - order.indexOf(b.point));
}

/** Why it is certain, a line for each point. */
export function proofLines(deletions: readonly PlannedDeletion[]): string[] {
  const lines = observationsOf(deletions).map(
    ({ point, outcome, says, alike }) =>
      `${point}${outcome === 'holds' ? '' : ` ${outcome}`}: ${says}${alike > 0 ? ` (${count(alike, 'other')} alike)` : ''}`,
  );
  return firstOf(lines, MOST_POINTS, { what: ' observations' });
}

export const unblockedLines = ({ unblocks }: Plan): string[] =>
  firstOf(
    unblocks.map(({ summary }) => summary),
    MOST_LISTED,
  );

/** What guards hold back, and why, once where they say the same. */
export function alikeRefusals(refusals: readonly Refused[]) {
  const groups = Map.groupBy(refusals, ({ guard, cluster, reason }) => JSON.stringify([guard, cluster, shapeOf(reason)]));
  return [...groups.values()].map((alike) => {
    const { guard = '', cluster = null, reason = '' } = alike[0] ?? {};
    const others = new Set(alike.map((each) => each.reason)).size - 1;
    const ids = shortList(
      alike.map(({ interfaceId }) => interfaceId),
      MOST_IDS,
    );
    return { guard, cluster, ids, reason, others };
  });
}

type Refused = Pick<Refusal, 'interfaceId' | 'guard' | 'reason'> & Partial<Pick<Refusal, 'cluster'>>;

/** The same, a line each. */
export const refusalLines = (refusals: readonly Refused[]): string[] =>
  firstOf(
    alikeRefusals(refusals).map(({ guard, ids, reason }) => `${guard ? `${guard}: ` : ''}${ids}: ${reason}`),
    MOST_LISTED,
    { what: ' reasons' },
  );
