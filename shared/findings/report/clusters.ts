import { section } from '../../content/blocks.ts';
import type { Block } from '../../content/document.ts';
import { count, list } from '../../content/words.ts';
import type { Finding } from '../../domain/finding.ts';
import type { AuditReport } from '../audit-report.ts';
import { whyAndPage } from '../why.ts';
import { blockedSection } from './blocked.ts';
import { interfaceTables } from './interfaces.ts';
import { inState, leftoversOf } from './leftovers.ts';
import { proofSections } from './proof.ts';

const clusterOf = ({ cluster }: Finding): string => cluster ?? '';
const orphansFirst = (findings: readonly Finding[]): Finding[] =>
  findings.toSorted((a, b) => Number(b.state === 'orphan') - Number(a.state === 'orphan'));

function heading(cluster: string, branches: readonly Finding[], trunks: readonly Finding[]): string {
  const counts = [
    ...(branches.length > 0
      ? [count(inState(branches, 'orphan').length, 'orphan'), count(inState(branches, 'suspect').length, 'suspect')]
      : []),
    ...(trunks.length > 0 ? [count(trunks.length, 'leftover trunk')] : []),
  ];
  return `${deletedCluster(cluster)}: ${list(counts)}`;
}

/** `Deleted cluster payments`, or several; a finding's cluster joins them with `+`. */
export const deletedCluster = (cluster: string): string =>
  cluster === '' ? 'No cluster named' : `Deleted cluster${cluster.includes('+') ? 's' : ''} ${cluster.split('+').join(' and ')}`;

function clusterSection(cluster: string, branches: readonly Finding[], trunks: readonly Finding[], pinned: readonly Finding[]): Block[] {
  const isTrunk = new Set(trunks);
  const shown = new Set<string>();
  return section('cluster', heading(cluster, branches, trunks), [
    ...interfaceTables([...orphansFirst(branches), ...orphansFirst(trunks)], (finding) =>
      isTrunk.has(finding) ? `trunk, ${finding.state ?? 'leftover'}` : '',
    ),
    ...proofSections(orphansFirst(branches), 'interface', shown),
    ...proofSections(orphansFirst(trunks), 'trunk', shown),
    ...blockedSection([...branches, ...trunks], pinned),
    ...whyAndPage([...branches, ...trunks][0]?.ruleId ?? ''),
  ]);
}

/** Every deleted cluster that left something, with the proof and what it blocks. */
export function clusterSections(report: AuditReport): Block[] {
  const { branches, trunks, pinned } = leftoversOf(report);
  const of = (findings: readonly Finding[], cluster: string) => findings.filter((finding) => clusterOf(finding) === cluster);
  const clusters = [...Map.groupBy([...branches, ...trunks], clusterOf)].map(([cluster]) => cluster);
  const shared = pinned.filter((finding) => !clusters.includes(clusterOf(finding)));
  return [
    ...clusters.toSorted().flatMap((cluster) => clusterSection(cluster, of(branches, cluster), of(trunks, cluster), of(pinned, cluster))),
    // Held by the leftovers of more than one cluster, or the only rule that was asked for.
    ...section('blocked', 'Blocked by leftovers together', blockedSection([], shared)),
  ];
}
