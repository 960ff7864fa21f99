import { count } from '../../../shared/content/words.ts';
import type { Finding } from '../../../shared/model/finding.ts';
import type { AuditReport } from '../../../shared/model/report.ts';
import { setOf } from '../evidence.ts';
import { BLANK, type Line } from '../layout.ts';
import { leftoversOf } from '../leftovers.ts';
import { type ClusterMatrix, pathMatrices } from '../path-matrix.ts';
import { andMore, MOST_ROWS } from './interfaces.ts';
import { pathProof } from './path-proof.ts';

// Not blocked by mistake, perhaps: the matrix tells of it, and one line below.
const isIsolation = ({ path }: Finding): boolean => path === 'pod-to-pod';
const MOST_SETS = 20;

function matrixLines({ titles, rows }: ClusterMatrix): Line[] {
  const shown = rows.slice(0, MOST_SETS).map(({ label, pods, cells }) => [label, String(pods), ...cells]);
  const more = rows.length - shown.length;
  return [
    { rows: [['security groups', 'pods', ...titles], ...shown], indent: 2 },
    ...(more > 0 ? [{ text: `... and ${more} more (--format json lists all)`, indent: 2, tone: 'quiet' } as const] : []),
  ];
}

const modesOf = (findings: readonly Finding[]): Line[] => {
  const modes = new Set(findings.map(({ evidence }) => setOf(evidence).mode).filter(Boolean));
  return [...modes].map((says) => ({ text: `Enforcing mode ${says}.`, indent: 2, hang: 2 }));
};

function clusterLines(matrix: ClusterMatrix, findings: readonly Finding[], told: Set<string>): Line[] {
  const isolated = findings.filter(isIsolation);
  const blocked = findings.filter((finding) => !isIsolation(finding));
  const whose = matrix.cluster ? `Cluster ${matrix.cluster}` : 'No cluster named';
  return [
    { text: `${whose}: what ${count(matrix.rows.length, 'set')} of pod security groups let through`, tone: 'title' },
    ...matrixLines(matrix),
    ...modesOf(findings),
    ...blocked.slice(0, MOST_ROWS).flatMap((finding) => pathProof(finding, told)),
    ...andMore(blocked.length, 2),
    ...(isolated.length > 0
      ? [
          {
            text: `Pods of ${count(isolated.length, 'set')} cannot reach one another, which may be meant (${isolated[0]?.ruleId}).`,
            indent: 2,
            hang: 2,
          },
        ]
      : []),
    BLANK,
  ];
}

/** What pods with security groups of their own can reach, cluster by cluster; those in which all is open in one line together. */
export function pathSections(report: AuditReport): Line[] {
  const matrices = pathMatrices(report);
  const found = Map.groupBy(leftoversOf(report).paths, ({ cluster }) => cluster ?? '');
  const [quiet, telling] = [matrices.filter(({ isAllOpen }) => isAllOpen), matrices.filter(({ isAllOpen }) => !isAllOpen)];
  const sets = quiet.reduce((sum, { rows }) => sum + rows.length, 0);
  // Found by an earlier audit, and not judged by this one.
  const rest = [...found].filter(([cluster]) => !telling.some((each) => each.cluster === cluster));
  const told = new Set<string>();
  return [
    ...telling.flatMap((matrix) => clusterLines(matrix, found.get(matrix.cluster) ?? [], told)),
    ...rest.flatMap(([, findings]) => findings.flatMap((finding) => pathProof(finding, told))),
    ...(rest.length > 0 ? [BLANK] : []),
    ...(sets > 0
      ? [
          {
            text: `Every path is open for ${count(sets, 'set')} of pod security groups in ${count(quiet.length, 'cluster')}.`,
            tone: 'good',
          } as const,
          BLANK,
        ]
      : []),
  ];
}
