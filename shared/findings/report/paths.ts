import { paragraph, section, table } from '../../content/blocks.ts';
import type { Block } from '../../content/document.ts';
import { count } from '../../content/words.ts';
import type { Finding } from '../../domain/finding.ts';
import type { AuditReport } from '../audit-report.ts';
import { setOf } from './evidence.ts';
import { andMore, MOST_ROWS } from './interfaces.ts';
import { leftoversOf } from './leftovers.ts';
import { type ClusterMatrix, pathMatrices } from './path-matrix.ts';
import { pathFinding } from './path-proof.ts';

// Not blocked by mistake, perhaps: the matrix shows it, and one line below.
const isIsolation = ({ path }: Finding): boolean => path === 'pod-to-pod';
const MOST_SETS = 20;

function matrixBlocks({ titles, rows }: ClusterMatrix): Block[] {
  const shown = rows.slice(0, MOST_SETS).map(({ label, pods, cells }) => [label, String(pods), ...cells]);
  return [...table('paths', shown, ['security groups', 'pods', ...titles]), ...andMore(rows.length, MOST_SETS)];
}

function clusterSection(matrix: ClusterMatrix, findings: readonly Finding[], shown: Set<string>): Block[] {
  const isolated = findings.filter(isIsolation);
  const blocked = findings.filter((finding) => !isIsolation(finding));
  const modes = [...new Set(findings.map(({ evidence }) => setOf(evidence).mode).filter(Boolean))];
  const whose = matrix.cluster ? `Cluster ${matrix.cluster}` : 'No cluster named';
  const sets = count(matrix.rows.length, 'set');
  return section('paths', `${whose}: what ${sets} of pod security groups ${matrix.rows.length === 1 ? 'lets' : 'let'} through`, [
    ...matrixBlocks(matrix),
    ...modes.map((says) => paragraph(`Enforcing mode ${says}.`)),
    ...blocked.slice(0, MOST_ROWS).map((finding) => pathFinding(finding, shown)),
    ...andMore(blocked.length),
    ...(isolated.length > 0
      ? [paragraph(`Pods of ${count(isolated.length, 'set')} cannot reach one another, which may be meant (${isolated[0]?.ruleId}).`)]
      : []),
  ]);
}

/** What pods with security groups of their own can reach, cluster by cluster; those in which all is open in one line together. */
export function pathSections(report: AuditReport): Block[] {
  const matrices = pathMatrices(report);
  const found = Map.groupBy(leftoversOf(report).paths, ({ cluster }) => cluster ?? '');
  const [quiet, troubled] = [matrices.filter(({ isAllOpen }) => isAllOpen), matrices.filter(({ isAllOpen }) => !isAllOpen)];
  const sets = quiet.reduce((sum, { rows }) => sum + rows.length, 0);
  // Found by an earlier audit, and not judged by this one.
  const rest = [...found].filter(([cluster]) => !troubled.some((each) => each.cluster === cluster)).flatMap(([, findings]) => findings);
  const shown = new Set<string>();
  return [
    ...troubled.flatMap((matrix) => clusterSection(matrix, found.get(matrix.cluster) ?? [], shown)),
    ...section(
      'paths',
      'Paths that an earlier audit found blocked, and this one did not judge',
      rest.map((finding) => pathFinding(finding, shown)),
    ),
    ...(sets > 0
      ? [paragraph(`Every path is open for ${count(sets, 'set')} of pod security groups in ${count(quiet.length, 'cluster')}.`, 'good')]
      : []),
  ];
}
