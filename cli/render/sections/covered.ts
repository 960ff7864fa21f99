import { count, list } from '../../../shared/content/words.ts';
import type { AuditReport } from '../../../shared/model/report.ts';
import { BLANK, type Line } from '../layout.ts';

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

/** The end of a table in which there is nothing to do. */
export const coveredBy = (reports: readonly AuditReport[]): Line[] => [
  ...reports.map((report): Line => ({ text: covered(report), hang: 2 })),
  BLANK,
  { text: 'NEXT', tone: 'title' },
  { text: 'Nothing to do.', indent: 2 },
];
