import { count } from '../../../shared/content/words.ts';
import type { Finding } from '../../../shared/model/finding.ts';
import { shapeOf } from '../../../shared/model/verdict.ts';
import { proofOf } from '../evidence.ts';
import type { Line } from '../layout.ts';

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

function title(group: readonly Finding[], noun: string): string {
  const isOne = group.length === 1;
  if (group[0]?.state === 'suspect') return `What is known of ${count(group.length, `suspected ${noun}`)}, and what is missing:`;
  return `Why it is certain that ${count(group.length, noun)} ${isOne ? 'is an orphan' : 'are orphans'}:`;
}

/** Proofs with the same outcomes, told at once. What was told above, in `told`, is not told again. */
export function proofLines(proofs: readonly Points[], told: Set<string>): Line[] {
  const rows = (proofs[0] ?? []).flatMap((_, index) => pointRows(index, proofs));
  const fresh = rows.filter(({ key }) => !told.has(key)).map(({ cells }) => cells);
  for (const { key } of rows) told.add(key);
  const same = rows.length - fresh.length;
  return [
    ...(fresh.length > 0 ? [{ rows: fresh, indent: 4 }] : []),
    ...(same > 0 ? [{ text: `and ${count(same, 'point')} as above`, indent: 4, tone: 'quiet' } as const] : []),
  ];
}

/** The proofs of some findings: once for all of them whose points have the same outcomes. */
export function proofSection(findings: readonly Finding[], noun: string, told: Set<string>): Line[] {
  const proven = findings.filter(({ evidence }) => proofOf(evidence).length > 0);
  return [...Map.groupBy(proven, ({ state, evidence }) => `${state} ${outcomesOf(proofOf(evidence))}`)].flatMap(([, group]): Line[] => [
    { text: title(group, noun), indent: 2 },
    ...proofLines(
      group.map(({ evidence }) => proofOf(evidence)),
      told,
    ),
  ]);
}
