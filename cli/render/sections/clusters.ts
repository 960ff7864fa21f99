import { count, list } from '../../../shared/content/words.ts';
import type { Finding } from '../../../shared/model/finding.ts';
import type { AuditReport } from '../../../shared/model/report.ts';
import { BLANK, type Line } from '../layout.ts';
import { inState, leftoversOf } from '../leftovers.ts';
import { blockedSection } from './blocked.ts';
import { interfaceRows } from './interfaces.ts';
import { proofSection } from './proof.ts';

const clusterOf = ({ cluster }: Finding): string => cluster ?? '';
const orphansFirst = (findings: readonly Finding[]): Finding[] =>
  findings.toSorted((a, b) => Number(b.state === 'orphan') - Number(a.state === 'orphan'));

function title(cluster: string, branches: readonly Finding[], trunks: readonly Finding[]): string {
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

function clusterSection(cluster: string, branches: readonly Finding[], trunks: readonly Finding[], pinned: readonly Finding[]): Line[] {
  const interfaces = [...branches, ...trunks];
  const isTrunk = new Set(trunks);
  const told = new Set<string>();
  return [
    { text: title(cluster, branches, trunks), tone: 'title' },
    ...interfaceRows([...orphansFirst(branches), ...orphansFirst(trunks)], 2, (finding) =>
      isTrunk.has(finding) ? `trunk, ${finding.state ?? 'leftover'}` : '',
    ),
    ...proofSection(orphansFirst(branches), 'interface', told),
    ...proofSection(orphansFirst(trunks), 'trunk', told),
    ...blockedSection(interfaces, pinned),
    BLANK,
  ];
}

/** Every deleted cluster that left something, with the proof and what it blocks. */
export function clusterSections(report: AuditReport): Line[] {
  const { branches, trunks, pinned } = leftoversOf(report);
  const of = (findings: readonly Finding[], cluster: string) => findings.filter((finding) => clusterOf(finding) === cluster);
  const clusters = [...Map.groupBy([...branches, ...trunks], clusterOf)].map(([cluster]) => cluster);
  const shared = pinned.filter((finding) => !clusters.includes(clusterOf(finding)));
  return [
    ...clusters.toSorted().flatMap((cluster) => clusterSection(cluster, of(branches, cluster), of(trunks, cluster), of(pinned, cluster))),
    // Held by the leftovers of more than one cluster, or the only rule that was asked for.
    ...(shared.length > 0 ? [{ text: 'Blocked by leftovers together', tone: 'title' } as const, ...blockedSection([], shared), BLANK] : []),
  ];
}
