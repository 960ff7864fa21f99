import { count, shortList } from '../../../shared/content/words.ts';
import type { Plan, Refusal } from '../../../shared/model/cleanup.ts';
import { shapeOf } from '../../../shared/model/verdict.ts';
import { isDeferred } from '../../suspects.ts';
import { BLANK, type Line } from '../layout.ts';

// Of what stays, some examples will do; --format json has them all.
const MOST_IDS = 4;

/** What a guard said of these, once where it said the same. */
export function refusalLines(refusals: readonly Refusal[], indent = 2): Line[] {
  const groups = [...Map.groupBy(refusals, ({ guard, cluster, reason }) => JSON.stringify([guard, cluster, shapeOf(reason)]))];
  return groups.flatMap(([, alike]): Line[] => {
    const { guard = '', cluster = null, reason = '' } = alike[0] ?? {};
    const ids = alike.map(({ interfaceId }) => interfaceId);
    const others = new Set(alike.map((each) => each.reason)).size - 1;
    return [
      { text: `- ${guard}: ${shortList(ids, MOST_IDS)}${cluster ? ` (${cluster})` : ''}`, indent, hang: 2 },
      { text: `${reason}${others > 0 ? ` (${count(others, 'other')} alike)` : ''}`, indent: indent + 2 },
    ];
  });
}

const section = (title: string, refusals: readonly Refusal[]): Line[] =>
  refusals.length > 0 ? [{ text: title, tone: 'title' }, ...refusalLines(refusals), BLANK] : [];

/** What a plan leaves alone: by which guard, and why; and what is only one too many for this run. */
export function refusalSections({ refusals }: Plan): Line[] {
  const deferred = refusals.filter(isDeferred);
  const refused = refusals.filter((refusal) => !isDeferred(refusal));
  return [
    ...section(`Refused: ${count(refused.length, 'interface')} that no plan may delete now, and the guard that says so`, refused),
    ...section(`Deferred to the next run: ${count(deferred.length, 'interface')}`, deferred),
  ];
}
