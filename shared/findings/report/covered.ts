import { next, paragraph, section } from '../../content/blocks.ts';
import type { Block } from '../../content/document.ts';
import { count, list } from '../../content/words.ts';
import type { AuditReport } from '../audit-report.ts';

const KINDS = [
  ['branchEnis', 'branch'],
  ['trunkEnis', 'trunk'],
] as const;

/** What one quiet report rests on: green must say what it looked at. */
function covered({ target, coverage, verdicts }: AuditReport): string {
  const kinds = KINDS.filter(([slice]) => coverage.some((each) => each.slice === slice && each.ok)).map(([, kind]) => kind);
  const interfaces = new Set(verdicts.filter(({ subject }) => subject.type === 'network-interface').map(({ subject }) => subject.id)).size;
  const sets = verdicts.filter(({ subject }) => subject.type === 'security-group-set');
  const judgedSets = new Set(sets.map(({ cluster, subject }) => `${cluster} ${subject.id}`)).size;
  const clusters = new Set(verdicts.flatMap(({ cluster }) => cluster ?? [])).size;
  const looked = [
    ...(interfaces > 0 ? [`${count(interfaces, 'available interface')} judged, none left behind`] : []),
    ...(interfaces === 0 && (kinds.length > 0 || judgedSets === 0) ? [`no available ${kinds.join(' or ') || 'branch'} interface`] : []),
    ...(judgedSets > 0 ? [`${count(judgedSets, 'set')} of pod security groups judged`] : []),
  ].join('; ');
  const read = coverage.length > 0 ? `; read in full: ${list(coverage.map(({ slice }) => slice))}` : '';
  return `${target.region}: ${looked}; ${count(clusters, 'cluster')} asked${read}.`;
}

/** The end of a report in which there is nothing to do. */
export const coveredBy = (reports: readonly AuditReport[]): Block[] => [
  ...section(
    'covered',
    'Looked at',
    reports.map((report) => paragraph(covered(report))),
  ),
  next([]),
];
