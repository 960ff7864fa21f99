import { items, paragraph, section } from '../../content/blocks.ts';
import type { Block, Paragraph, Report, Section, Tone } from '../../content/document.ts';
import { count, list, shortList } from '../../content/words.ts';
import type { CleanupReport } from '../../findings/audit-report.ts';
import { type DeletionOutcome, type Execution, isDeferred } from '../deletion.ts';
import { refusalList } from './refusals.ts';

const MOST_IDS = 6;
const STATUSES = [
  ['deleted', 'deleted'],
  ['already-gone', 'already gone'],
  ['refused', 'refused at the last look'],
  ['failed', 'failed'],
] as const satisfies readonly (readonly [DeletionOutcome['status'], string])[];

const withStatus = ({ outcomes }: Execution, status: DeletionOutcome['status']): DeletionOutcome[] =>
  outcomes.filter((outcome) => outcome.status === status);

function headingOf(execution: Execution, deferred: number): { heading: string; tone: Tone } {
  const counts = [
    ...STATUSES.map(([status, words]) => [withStatus(execution, status).length, words] as const),
    [execution.left.length, 'left'] as const,
    [deferred, 'deferred'] as const,
  ].flatMap(([n, words]) => (n > 0 ? [`${n} ${words}`] : []));
  const isAllDone = execution.stop === undefined && execution.left.length + deferred + withStatus(execution, 'failed').length === 0;
  return {
    heading: `Result: ${list(counts) || 'nothing was to be deleted'}`,
    tone: execution.stop ? 'bad' : isAllDone ? 'good' : 'warning',
  };
}

const idLine = (title: string, ids: readonly string[]): Paragraph[] =>
  ids.length > 0 ? [paragraph(`${title}: ${shortList(ids, MOST_IDS)}`)] : [];

function problemSections(execution: Execution): Section[] {
  const refused = withStatus(execution, 'refused').map(({ interfaceId, cluster, guard = 'refused', says }) => {
    return { interfaceId, cluster, guard, reason: says };
  });
  const failed = withStatus(execution, 'failed').map(({ interfaceId, says }) => `${interfaceId}: ${says}`);
  return [...section('refused', 'Refused at the last look', refusalList(refused)), ...section('failed', 'Failed', items('failed', failed))];
}

/** What an applied plan came to, for a person; `next` is what to do now. */
export function resultReport({ plan, freed }: CleanupReport, execution: Execution, next: readonly Block[]): Report {
  const ids = (status: DeletionOutcome['status']) => withStatus(execution, status).map(({ interfaceId }) => interfaceId);
  const { stop, left } = execution;
  const free = freed.map(({ subject }) => `${subject.type.replaceAll('-', ' ')} ${subject.id}`);
  const result: Section = {
    kind: 'section',
    key: 'result',
    ...headingOf(execution, plan.refusals.filter(isDeferred).length),
    blocks: [
      ...(stop ? [paragraph(`Stopped (${stop.why}): ${stop.says}`, 'bad')] : []),
      ...idLine('deleted', ids('deleted')),
      ...idLine('already gone, not deleted by us', ids('already-gone')),
      ...idLine(`left: ${count(left.length, 'interface')} planned and not touched`, left),
    ],
  };
  return { blocks: [result, ...problemSections(execution), ...section('freed', 'What became free', items('freed', free)), ...next] };
}
