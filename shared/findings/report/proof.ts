import { paragraph, section, table } from '../../content/blocks.ts';
import type { Block, Section } from '../../content/document.ts';
import { count } from '../../content/words.ts';
import type { Finding } from '../../domain/finding.ts';
import { shapeOf } from '../../domain/verdict.ts';
import { pointsOf } from './evidence.ts';

type Points = readonly { point: string; outcome: string; says: string }[];

const outcomesOf = (points: Points): string => points.map(({ point, outcome }) => `${point}=${outcome}`).join();

interface Row {
  key: string;
  cells: string[];
}

/** One point of many proofs: each kind of observation once, with how many others are like it. */
const pointRows = (index: number, proofs: readonly Points[]): Row[] =>
  [
    ...Map.groupBy(
      proofs.flatMap((points) => points[index] ?? []),
      ({ says }) => shapeOf(says),
    ),
  ].map(([shape, alike]) => {
    const { outcome = '', point = '', says = '' } = alike[0] ?? {};
    const others = new Set(alike.map((each) => each.says)).size - 1;
    return {
      key: [outcome, point, shape].join(),
      cells: [outcome, point, `${says}${others > 0 ? ` (${count(others, 'other')} alike)` : ''}`],
    };
  });

function headingOf(group: readonly Finding[], noun: string): string {
  const isOne = group.length === 1;
  if (group[0]?.state === 'suspect') return `What is known of ${count(group.length, `suspected ${noun}`)}, and what is missing:`;
  return `Why it is certain that ${count(group.length, noun)} ${isOne ? 'is an orphan' : 'are orphans'}:`;
}

/** Proofs with the same outcomes, at once. A point that is in `shown` is only counted. */
export function proofBlocks(proofs: readonly Points[], shown: Set<string>): Block[] {
  const rows = (proofs[0] ?? []).flatMap((_, index) => pointRows(index, proofs));
  const fresh = rows.filter(({ key }) => !shown.has(key)).map(({ cells }) => cells);
  for (const { key } of rows) shown.add(key);
  const same = rows.length - fresh.length;
  return [...table('proof', fresh), ...(same > 0 ? [paragraph(`and ${count(same, 'point')} as above`, 'quiet')] : [])];
}

/** The proofs of some findings: once for all of them whose points have the same outcomes. */
export function proofSections(findings: readonly Finding[], noun: string, shown: Set<string>): Section[] {
  const proven = findings.filter(({ evidence }) => pointsOf(evidence).length > 0);
  return [...Map.groupBy(proven, ({ state, evidence }) => `${state} ${outcomesOf(pointsOf(evidence))}`)].flatMap(([, group]) =>
    section(
      'proof',
      headingOf(group, noun),
      proofBlocks(
        group.map(({ evidence }) => pointsOf(evidence)),
        shown,
      ),
    ),
  );
}
