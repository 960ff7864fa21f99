import { entries, paragraph, section } from '../../content/blocks.ts';
import type { List, Section } from '../../content/document.ts';
import { count } from '../../content/words.ts';
import { isDeferred, type Plan, type Refusal } from '../deletion.ts';
import { alikeRefusals } from '../parts.ts';

/** What a guard said of these, once where it said the same. */
export const refusalList = (refusals: readonly Refusal[]): List[] =>
  entries(
    'refusals',
    alikeRefusals(refusals).map(({ guard, cluster, ids, reason, others }) => ({
      text: `${guard}: ${ids}${cluster ? ` (${cluster})` : ''}`,
      blocks: [paragraph(`${reason}${others > 0 ? ` (${count(others, 'other')} alike)` : ''}`)],
    })),
  );

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
