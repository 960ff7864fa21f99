import { clean } from '../../shared/content/text.ts';
import { ConfigError } from '../../shared/domain/errors.ts';
import type { DeletionStatus } from '../../shared/plans/deletion.ts';
import { type Recreation, recreate } from '../../shared/plans/recreate.ts';
import type { Deleted } from '../../shared/plans/report/history-model.ts';
import { printedJson } from '../../shared/render/json.ts';
import type { Format } from '../arguments.ts';

const STILL_THERE: readonly DeletionStatus[] = ['claimed', 'refused', 'failed'];

function recreationOf({ target, record }: Deleted): Extract<Recreation, { ok: true }> {
  const { interfaceId, interface: raw, says } = record;
  if (raw === undefined)
    throw new ConfigError([`--recreate ${interfaceId}: its record was not kept, because nothing was asked of EC2 (${says}).`]);
  const made = recreate(raw, target.region);
  if (!made.ok) throw new ConfigError([`--recreate ${interfaceId}: ${made.problem}. \`history --format json\` shows the record.`]);
  return made;
}

/** Comments and one command, which a shell takes as they are; nothing in them can steer a terminal. */
export function recreationText(deleted: Deleted, format: Format): string {
  const { record, target } = deleted;
  const { command, lost, notes } = recreationOf(deleted);
  const status = `${record.status} at ${record.at} by ${record.by}`;
  const all = STILL_THERE.includes(record.status) ? [`the ledger has it as ${record.status}: it may still be there`, ...notes] : notes;
  if (format === 'json') {
    const { interfaceId } = record;
    return printedJson({ target, interfaceId, status: record.status, at: record.at, command, lost, notes: all });
  }
  const comments = [
    `${record.interfaceId} of cluster ${record.cluster}, account ${target.accountId}, ${target.region}: ${status}`,
    'This creates an interface with the same subnet, addresses, prefixes, groups, description and tags.',
    'What cannot come back:',
    ...lost.map((each) => `- ${each}`),
    'Before you run it:',
    ...all.map((each) => `- ${each}`),
  ];
  return [...comments.map((text) => `# ${clean(text)}`), command, ''].join('\n');
}
