import { minuteOf } from '../../../shared/content/time.ts';
import { count } from '../../../shared/content/words.ts';
import type { Plan, PlannedDeletion } from '../../../shared/model/cleanup.ts';
import { BLANK, type Line } from '../layout.ts';
import { compare } from '../order.ts';
import { deletedCluster } from '../sections/clusters.ts';
import { proofLines } from '../sections/proof.ts';

const sinceOf = (since: string): string => {
  const at = new Date(since);
  return Number.isFinite(at.getTime()) ? `unchanged since ${minuteOf(at)}` : '';
};

function row({ interfaceId, addresses: [first = '', ...more], since }: PlannedDeletion): string[] {
  return [interfaceId, `${first}${more.length > 0 ? ` +${more.length}` : ''}`, sinceOf(since)];
}

function clusterLines(cluster: string, deletions: readonly PlannedDeletion[], told: Set<string>): Line[] {
  const n = deletions.length;
  return [
    { text: `${deletedCluster(cluster)}: ${count(n, 'interface')} to delete`, tone: 'title' },
    // All of them: whoever approves must have seen what.
    { rows: deletions.map(row), indent: 2 },
    { text: `Why it is certain that ${n === 1 ? 'it is an orphan' : 'they are orphans'}:`, indent: 2 },
    ...proofLines(
      deletions.map(({ proof }) => proof),
      told,
    ),
    BLANK,
  ];
}

/** What would be deleted, by cluster, and why that is certain. */
export function deletionSections(deletions: readonly PlannedDeletion[]): Line[] {
  const told = new Set<string>();
  const byCluster = [
    ...Map.groupBy(
      deletions.toSorted((a, b) => compare(a.cluster, b.cluster)),
      ({ cluster }) => cluster,
    ),
  ];
  return byCluster.flatMap(([cluster, group]) => clusterLines(cluster, group, told));
}

/** What can be deleted once all of a plan is. */
export const unblockSection = ({ unblocks }: Plan): Line[] =>
  unblocks.length > 0
    ? [
        { text: 'What that unblocks', tone: 'title' },
        ...unblocks.map(({ summary }): Line => ({ text: `- ${summary}`, indent: 2, hang: 2 })),
        BLANK,
      ]
    : [];
