import { items, next, paragraph, section, step } from '../content/blocks.ts';
import type { Paragraph, Report, Section, Tone } from '../content/document.ts';
import { only } from '../content/only.ts';
import { count, shortList } from '../content/words.ts';
import type { PreflightReport } from './preflight-report.ts';

const TONES = { clean: 'good', 'leaves-behind': 'warning', unknown: 'bad', 'no-such-cluster': 'bad' } as const satisfies Record<
  string,
  Tone
>;
const MOST_IDS = 10;

/** A preflight for scripts. */
export const preflightFields = (report: PreflightReport) => ({
  generatedAt: report.generatedAt,
  target: only(report.target, 'accountId', 'region'),
  ...only(report, 'cluster', 'outcome', 'summary'),
  coverage: report.coverage.map((each) => only(each, 'slice', 'ok', 'reason')),
  ...only(report, 'leftBehind', 'deleteFirst', 'outliving'),
  steps: report.steps.map((each) => only(each, 'summary', 'commands')),
  stats: only(report.stats, 'apiCalls', 'durationMs'),
});

const idLine = (title: string, ids: readonly string[]): Paragraph[] =>
  ids.length > 0 ? [paragraph(`${title} (${ids.length}): ${shortList(ids, MOST_IDS)}`)] : [];

function leftBehindSection({ leftBehind, outcome }: PreflightReport): Section[] {
  const addresses = leftBehind.ipAddresses > 0 ? `, holding ${count(leftBehind.ipAddresses, 'IP address')}` : '';
  const when = outcome === 'no-such-cluster' ? 'Left behind by an earlier cluster of this name' : 'Left behind if it were deleted now';
  return section('left-behind', `${when}${addresses}`, [
    ...idLine('branch interfaces in use, orphans once the control plane is gone', leftBehind.branchesInUse),
    ...idLine('branch interfaces already available, collected only while the cluster lives', leftBehind.branchesAvailable),
    ...idLine('trunk interfaces', leftBehind.trunks),
    ...idLine('security groups that could not be deleted', leftBehind.securityGroups),
    ...idLine('subnets that could not be deleted', leftBehind.subnets),
  ]);
}

/** A preflight for a person: what would be left, and what to do, in order. `incomplete` is what could not be read. */
export function preflightReportOf(report: PreflightReport, incomplete: readonly Section[]): Report {
  const { target, cluster, outcome, summary, deleteFirst, outliving, steps } = report;
  return {
    title: `Account ${target.accountId}, ${target.region}, cluster ${cluster}: ${outcome}. ${summary}`,
    tone: incomplete.length > 0 ? 'bad' : TONES[outcome],
    blocks: [
      ...incomplete,
      ...leftBehindSection(report),
      ...section('delete-first', 'To be deleted before the cluster: EKS refuses otherwise', items('delete-first', deleteFirst)),
      ...section('outliving', 'Outliving the control plane: instances of no managed node group', items('outliving', outliving)),
      ...(steps.length > 0 ? [next(steps.map(({ summary, commands }) => step(summary, commands)))] : []),
    ],
  };
}
