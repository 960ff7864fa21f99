import { items, section, table } from '../../content/blocks.ts';
import type { Section } from '../../content/document.ts';
import { minuteOf } from '../../content/time.ts';
import { count } from '../../content/words.ts';
import { compare } from '../../findings/order.ts';
import { deletedCluster } from '../../findings/report/clusters.ts';
import { proofBlocks } from '../../findings/report/proof.ts';
import type { Plan, PlannedDeletion } from '../deletion.ts';

const sinceOf = (since: string): string => {
  const at = new Date(since);
  return Number.isFinite(at.getTime()) ? `unchanged since ${minuteOf(at)}` : '';
};

function row({ interfaceId, addresses: [first = '', ...more], since }: PlannedDeletion): string[] {
  return [interfaceId, `${first}${more.length > 0 ? ` +${more.length}` : ''}`, sinceOf(since)];
}

function clusterSection(cluster: string, deletions: readonly PlannedDeletion[], shown: Set<string>): Section[] {
  const n = deletions.length;
  const proofs = deletions.map(({ proof }) => proof);
  return section('deletions', `${deletedCluster(cluster)}: ${count(n, 'interface')} to delete`, [
    // All of them: a person who approves must have seen what.
    ...table('interfaces', deletions.map(row)),
    ...section('proof', `Why it is certain that ${n === 1 ? 'it is an orphan' : 'they are orphans'}:`, proofBlocks(proofs, shown)),
  ]);
}

/** What would be deleted, by cluster, and why that is certain. */
export function deletionSections(deletions: readonly PlannedDeletion[]): Section[] {
  const shown = new Set<string>();
  const sorted = deletions.toSorted((a, b) => compare(a.cluster, b.cluster));
  return [...Map.groupBy(sorted, ({ cluster }) => cluster)].flatMap(([cluster, group]) => clusterSection(cluster, group, shown));
}

/** What can be deleted once all of a plan is. */
export const unblockSection = ({ unblocks }: Plan): Section[] =>
  section(
    'unblocks',
    'What that unblocks',
    items(
      'unblocks',
      unblocks.map(({ summary }) => summary),
    ),
  );
