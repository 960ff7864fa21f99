import { count, list, shortList } from '../../../shared/content/words.ts';
import type { DeletionOutcome, Execution } from '../../../shared/model/cleanup.ts';
import type { CleanupReport } from '../../../shared/model/report.ts';
import { isDeferred } from '../../suspects.ts';
import { BLANK, type Line, layout } from '../layout.ts';
import type { Tone } from '../style.ts';
import { nextOfResult } from './next.ts';
import type { CleanupView } from './plan.ts';
import { refusalLines } from './refusals.ts';

const MOST_IDS = 6;
const STATUSES = [
  ['deleted', 'deleted'],
  ['already-gone', 'already gone'],
  ['refused', 'refused at the last look'],
  ['failed', 'failed'],
] as const satisfies readonly (readonly [DeletionOutcome['status'], string])[];

const withStatus = ({ outcomes }: Execution, status: DeletionOutcome['status']): DeletionOutcome[] =>
  outcomes.filter((outcome) => outcome.status === status);

const typeInWords = (type: string): string => type.replaceAll('-', ' ');

function headline(execution: Execution, deferred: number): Line {
  const counts = [
    ...STATUSES.map(([status, words]) => [withStatus(execution, status).length, words] as const),
    [execution.left.length, 'left'] as const,
    [deferred, 'deferred'] as const,
  ].flatMap(([n, words]) => (n > 0 ? [`${n} ${words}`] : []));
  const isAllDone = execution.stop === undefined && execution.left.length + deferred + withStatus(execution, 'failed').length === 0;
  const tone: Tone = execution.stop ? 'bad' : isAllDone ? 'good' : 'warn';
  return { text: `Result: ${list(counts) || 'nothing was to be deleted'}`, hang: 2, tone };
}

const idLines = (title: string, ids: readonly string[]): Line[] =>
  ids.length > 0 ? [{ text: `${title}: ${shortList(ids, MOST_IDS)}`, indent: 2, hang: 2 }] : [];

function problemLines(execution: Execution): Line[] {
  const refused = withStatus(execution, 'refused').map(({ interfaceId, cluster, guard = 'refused', says }) => ({
    interfaceId,
    cluster,
    guard,
    reason: says,
  }));
  const failed = withStatus(execution, 'failed');
  return [
    ...(refused.length > 0 ? [{ text: 'Refused at the last look', tone: 'title' } as const, ...refusalLines(refused), BLANK] : []),
    ...(failed.length > 0 ? [{ text: 'Failed', tone: 'title' } as const] : []),
    ...failed.map(({ interfaceId, says }): Line => ({ text: `- ${interfaceId}: ${says}`, indent: 2, hang: 2 })),
    BLANK,
  ];
}

/** What an applied plan came to, for a person. */
export function resultTable(report: CleanupReport, execution: Execution, view: CleanupView): string {
  const { plan, freed } = report;
  const ids = (status: DeletionOutcome['status']) => withStatus(execution, status).map(({ interfaceId }) => interfaceId);
  const { stop, left } = execution;
  const lines: Line[] = [
    headline(execution, plan.refusals.filter(isDeferred).length),
    ...(stop ? [{ text: `Stopped (${stop.why}): ${stop.says}`, indent: 2, hang: 2, tone: 'bad' } as const] : []),
    ...idLines('deleted', ids('deleted')),
    ...idLines('already gone, not deleted by us', ids('already-gone')),
    ...idLines(`left: ${count(left.length, 'interface')} planned and not touched`, left),
    BLANK,
    ...problemLines(execution),
    ...(freed.length > 0 ? [{ text: 'What became free', tone: 'title' } as const] : []),
    ...freed.map(({ subject }): Line => ({ text: `- ${typeInWords(subject.type)} ${subject.id}`, indent: 2, hang: 2 })),
    BLANK,
    ...nextOfResult(report, view.again),
  ];
  return layout(lines, view);
}
