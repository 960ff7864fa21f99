import { entries, paragraph, section } from '../../content/blocks.ts';
import type { List, Section } from '../../content/document.ts';
import { count, shortList } from '../../content/words.ts';
import { isDeferred, type Plan, type Refusal } from '../../model/cleanup.ts';
import { shapeOf } from '../../model/verdict.ts';

// Of what stays, some examples will do; --format json has them all.
const MOST_IDS = 4;

/** What a guard said of these, once where it said the same. */
export function refusalList(refusals: readonly Refusal[]): List[] {
  const groups = [...Map.groupBy(refusals, ({ guard, cluster, reason }) => JSON.stringify([guard, cluster, shapeOf(reason)]))];
  const all = groups.map(([, alike]) => {
    const { guard = '', cluster = null, reason = '' } = alike[0] ?? {};
    const ids = alike.map(({ interfaceId }) => interfaceId);
    const others = new Set(alike.map((each) => each.reason)).size - 1;
    return {
      text: `${guard}: ${shortList(ids, MOST_IDS)}${cluster ? ` (${cluster})` : ''}`,
      blocks: [paragraph(`${reason}${others > 0 ? ` (${count(others, 'other')} alike)` : ''}`)],
    };
  });
  return entries('refusals', all);
}

/** What a plan leaves alone: by which guard, and why; and what is only one too many for this run. */
export function refusalSections({ refusals }: Plan): Section[] {
  const deferred = refusals.filter(isDeferred);
  const refused = refusals.filter((refusal) => !isDeferred(refusal));
  return [
    ...section(
      'refused',
      `Refused: ${count(refused.length, 'interface')} that no plan may delete now, and the guard that says so`,
      refusalList(refused),
    ),
    ...section('deferred', `Deferred to the next run: ${count(deferred.length, 'interface')}`, refusalList(deferred)),
  ];
}
