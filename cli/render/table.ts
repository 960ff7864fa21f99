import { count } from '../../shared/content/words.ts';
import type { AuditReport } from '../../shared/model/report.ts';
import { isIncomplete } from '../exit-code.ts';
import type { UnreadRegion } from './audit-json.ts';
import { BLANK, type Line, layout, type View } from './layout.ts';
import { type Accept, acceptedSection } from './sections/accepted.ts';
import { cleanupSection, type Decide, hasOutlook } from './sections/cleanup.ts';
import { clusterSections } from './sections/clusters.ts';
import { gapSection } from './sections/gaps.ts';
import { type Asked, headline } from './sections/headline.ts';
import { type Again, type Cleanup, nextSection } from './sections/next.ts';
import { otherSections } from './sections/others.ts';
import { pathSections } from './sections/paths.ts';
import { sinceSection } from './sections/since.ts';
import { undecidedSections } from './sections/undecided.ts';

export interface AuditView extends View {
  asked: Asked;
  again: Again;
  cleanup: Cleanup;
  decide: Decide;
  accept: Accept;
}

function headlineOf(report: AuditReport, asked: Asked): Line {
  const tone = isIncomplete(report) ? 'bad' : report.findings.length > 0 ? 'title' : 'good';
  return { text: headline(report, asked), hang: 2, tone };
}

function reportLines(report: AuditReport, { asked, decide }: AuditView): Line[] {
  const { generatedAt, stats } = report;
  return [
    headlineOf(report, asked),
    { text: `${generatedAt}, ${count(stats.apiCalls, 'API call')} in ${(stats.durationMs / 1000).toFixed(1)} s`, tone: 'quiet' },
    BLANK,
    ...gapSection(report),
    ...clusterSections(report),
    ...pathSections(report),
    ...otherSections(report),
    ...acceptedSection(report),
    ...undecidedSections(report),
    ...cleanupSection(report, decide),
    ...sinceSection(report),
  ];
}

/** What an audit says, for a person: what is left, why that is certain, what it blocks, what to do next. */
export const auditTable = (reports: readonly AuditReport[], failed: readonly UnreadRegion[], view: AuditView): string =>
  layout(auditLines(reports, failed, view), view);

/** The same before it is laid out. */
export function auditLines(reports: readonly AuditReport[], failed: readonly UnreadRegion[], view: AuditView): Line[] {
  const unread = failed.map(({ region, reason }): Line => ({ text: `${region}: NOT AUDITED: ${reason}`, hang: 2, tone: 'bad' }));
  // Several regions: first one line for each, so that the whole is seen before its parts.
  const overview = reports.length + failed.length > 1 ? [...reports.map((report) => headlineOf(report, view.asked)), ...unread, BLANK] : [];
  const rule: Line = { text: '-'.repeat(20), tone: 'quiet' };
  const worthTelling =
    overview.length > 0 ? reports.filter((report) => report.findings.length + report.unknown.length > 0 || hasOutlook(report)) : reports;
  const details = worthTelling.flatMap((report) => [...(overview.length > 0 ? [rule] : []), ...reportLines(report, view)]);
  const next = nextSection(
    reports,
    failed.map(({ region }) => region),
    view.again,
    view.cleanup,
    view.accept,
  );
  return [...overview, ...details, ...next];
}
