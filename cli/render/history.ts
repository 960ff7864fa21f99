import type { DeletionRecord, DeletionStatus } from '../../shared/model/cleanup.ts';
import type { Target } from '../../shared/model/finding.ts';
import { SCHEMA_VERSION, toJson } from './json.ts';
import { BLANK, type Line, layout, type View } from './layout.ts';
import { andList, count, groupBy, minuteOf } from './text.ts';

/** One deletion that a ledger records, and where it happened. */
export interface Deleted {
  target: Target;
  record: DeletionRecord;
}

/** Every deletion with its full record. */
export function historyJson(ledger: string, deletions: readonly Deleted[]): string {
  return toJson({
    schemaVersion: SCHEMA_VERSION,
    ledger,
    deletions: deletions.map(({ target, record }) => ({
      target: { accountId: target.accountId, region: target.region },
      interfaceId: record.interfaceId,
      cluster: record.cluster,
      findingId: record.findingId,
      digest: record.digest,
      status: record.status,
      at: record.at,
      by: record.by,
      says: record.says,
      worker: record.worker,
      leaseUntil: record.leaseUntil,
      proof: record.proof.map(({ point, outcome, says }) => ({ point, outcome, says })),
      interface: record.interface ?? null,
    })),
  });
}

// `unanswered`: EC2 was asked, or about to be. Nobody knows yet what came of it, and the next cleanup finds out.
const IN_WORDS: Record<DeletionStatus, string> = {
  claimed: 'claimed only',
  deleting: 'unanswered',
  deleted: 'deleted',
  'already-gone': 'already gone',
  refused: 'refused',
  failed: 'failed',
};

const timeOf = (at: string): string => (Number.isFinite(Date.parse(at)) ? minuteOf(new Date(at)) : at);

function row({ interfaceId, cluster, status, at, says }: DeletionRecord): string[] {
  const words = IN_WORDS[status];
  return [timeOf(at), interfaceId, cluster, says.startsWith(words) ? says : `${words}: ${says}`];
}

function title(deletions: readonly Deleted[]): string {
  const { target } = deletions[0] ?? {};
  const statuses = groupBy(deletions, ({ record }) => record.status).map(
    ([, group]) => `${group.length} ${IN_WORDS[group[0]?.record.status ?? 'failed']}`,
  );
  return `Account ${target?.accountId}, ${target?.region}: ${andList(statuses)}`;
}

const runOf = ({ record: { digest, by } }: Deleted): string => JSON.stringify([digest, by]);

function targetLines(deletions: readonly Deleted[]): Line[] {
  const runs = groupBy(deletions, runOf).flatMap(([, group]): Line[] => {
    const { digest, by } = group[0]?.record ?? {};
    return [
      { text: `plan ${digest}, by ${by}`, indent: 2, hang: 2 },
      { rows: group.map(({ record }) => row(record)), indent: 4 },
    ];
  });
  return [{ text: title(deletions), hang: 2, tone: 'title' }, ...runs, BLANK];
}

/** What was deleted, when and by whom, newest first. */
export function historyTable(ledger: string, deletions: readonly Deleted[], view: View): string {
  if (deletions.length === 0) return layout([{ text: `Ledger ${ledger} records no deletion.` }], view);
  const byTarget = groupBy(deletions, ({ target }) => `${target.accountId}/${target.region}`);
  const recorded = deletions.filter(({ record }) => record.interface !== undefined).length;
  return layout(
    [
      ...byTarget.flatMap(([, group]) => targetLines(group)),
      {
        text: `${count(recorded, 'full record')} kept: --format json shows them, --recreate ID prints the command that creates one again.`,
        tone: 'quiet',
      },
    ],
    view,
  );
}
