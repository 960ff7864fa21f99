import { entries, paragraph } from '../../content/blocks.ts';
import type { Block, Report } from '../../content/document.ts';
import { count } from '../../content/words.ts';
import type { AuditReport } from '../audit-report.ts';
import { acceptedSection } from './accepted.ts';
import { clusterSections } from './clusters.ts';
import { gapSection } from './gaps.ts';
import { type Asked, headline } from './headline.ts';
import { isIncomplete } from './leftovers.ts';
import { type CommandLines, nextBlocks } from './next.ts';
import { otherSections } from './others.ts';
import { pathSections } from './paths.ts';
import { sinceSection } from './since.ts';
import { undecidedSections } from './undecided.ts';

/** A region that gave no report, and why. */
export interface UnreadRegion {
  region: string;
  reason: string;
}

export interface AuditView {
  asked: Asked;
  commandLines: CommandLines;
  /** What there is to say of the cleanup of what an audit found. */
  cleanupOf: (report: AuditReport) => readonly Block[];
}

/** When it was, and what it took. */
export const costLine = (at: string, { apiCalls, durationMs }: AuditReport['stats']) =>
  paragraph(`${at}, ${count(apiCalls, 'API call')} in ${(durationMs / 1000).toFixed(1)} s`, 'quiet');

const toneOf = (report: AuditReport): Pick<Report, 'tone'> =>
  isIncomplete(report) ? { tone: 'bad' } : report.findings.length > 0 ? {} : { tone: 'good' };

const reportOf = (report: AuditReport, { asked, cleanupOf }: AuditView): Report => ({
  title: headline(report, asked),
  ...toneOf(report),
  blocks: [
    costLine(report.generatedAt, report.stats),
    ...gapSection(report),
    ...clusterSections(report),
    ...pathSections(report),
    ...otherSections(report),
    ...acceptedSection(report),
    ...undecidedSections(report),
    ...cleanupOf(report),
    ...sinceSection(report),
  ],
});

/** What audits say, for a person: what is left, why that is certain, what it blocks, what to do next. Several regions: first the whole, then its parts. */
export function auditReports(reports: readonly AuditReport[], unread: readonly UnreadRegion[], view: AuditView): Report[] {
  const next = nextBlocks(
    reports,
    unread.map(({ region }) => region),
    view.commandLines,
  );
  const [only] = reports;
  if (only && reports.length + unread.length === 1) {
    const report = reportOf(only, view);
    return [{ ...report, blocks: [...report.blocks, ...next] }];
  }
  const regions = [
    ...reports.map((report) => ({ text: headline(report, view.asked) })),
    ...unread.map(({ region, reason }) => ({ text: `${region}: NOT AUDITED: ${reason}` })),
  ];
  const shown = reports.filter((report) => report.findings.length + report.unknown.length + view.cleanupOf(report).length > 0);
  const isAllRead = unread.length === 0 && !reports.some(isIncomplete);
  return [
    { title: `SGP Warden: ${count(regions.length, 'region')}`, ...(isAllRead ? {} : { tone: 'bad' }), blocks: entries('regions', regions) },
    ...shown.map((report) => reportOf(report, view)),
    { blocks: next },
  ];
}
