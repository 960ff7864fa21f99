// Reports as a terminal shows them and as scripts get them.

import type { Target } from '../../shared/domain/finding.ts';
import type { AuditReport, CleanupReport } from '../../shared/findings/audit-report.ts';
import { incompleteSection } from '../../shared/findings/report/gaps.ts';
import { auditFields } from '../../shared/findings/report/machine.ts';
import type { CommandLines } from '../../shared/findings/report/next.ts';
import { auditReports, type UnreadRegion } from '../../shared/findings/report/report.ts';
import type { Execution } from '../../shared/plans/deletion.ts';
import type { ProposedPlan } from '../../shared/plans/plan.ts';
import { type Answered, answerReport, type DecisionAgain } from '../../shared/plans/report/answer.ts';
import { cleanupSection, type Decide } from '../../shared/plans/report/cleanup-status.ts';
import { historyReport } from '../../shared/plans/report/history.ts';
import type { History } from '../../shared/plans/report/history-model.ts';
import { type Again, nextOfPlan, nextOfResult } from '../../shared/plans/report/next.ts';
import { planReport } from '../../shared/plans/report/plan.ts';
import { proposedReport } from '../../shared/plans/report/proposed.ts';
import { cleanupFields } from '../../shared/plans/report/proposed-machine.ts';
import { resultReport } from '../../shared/plans/report/result.ts';
import { printedJson, SCHEMA_VERSION } from '../../shared/render/json.ts';
import { markdown } from '../../shared/render/markdown.ts';
import { terminal, type View } from '../../shared/render/terminal.ts';
import { preflightReportOf } from '../../shared/teardowns/preflight-content.ts';
import type { PreflightReport } from '../../shared/teardowns/preflight-report.ts';

export interface AuditTextView extends View, CommandLines {
  asked: { clusters: readonly string[]; rules: readonly string[] };
  decide: Decide;
}

export interface CleanupTextView extends View {
  clusters: readonly string[];
  again: Again;
}

const reportsOf = (reports: readonly AuditReport[], unread: readonly UnreadRegion[], { asked, decide, ...commandLines }: AuditTextView) =>
  auditReports(reports, unread, { asked, commandLines, cleanupOf: (report) => cleanupSection(report, decide) });

export const auditTable = (reports: readonly AuditReport[], unread: readonly UnreadRegion[], view: AuditTextView): string =>
  terminal(reportsOf(reports, unread, view), view);

export const auditMarkdown = (reports: readonly AuditReport[], unread: readonly UnreadRegion[], view: AuditTextView): string =>
  markdown(reportsOf(reports, unread, view));

export const auditJson = (reports: readonly AuditReport[], unread: readonly UnreadRegion[]): string =>
  printedJson(auditFields(reports, unread, cleanupFields, SCHEMA_VERSION));

export const planToApply = (report: CleanupReport, view: CleanupTextView): string => terminal([planReport(report, view.clusters)], view);

export const planTable = (report: CleanupReport, view: CleanupTextView): string =>
  terminal([planReport(report, view.clusters, nextOfPlan(report, view.again))], view);

export const resultTable = (report: CleanupReport, execution: Execution, view: CleanupTextView): string =>
  terminal([resultReport(report, execution, nextOfResult(report, view.again))], view);

export const planToAnswer = (plan: ProposedPlan, target: Target, view: View): string => terminal([proposedReport(plan, target)], view);

export const answerTable = (answered: Answered, ledger: string, again: DecisionAgain, view: View): string =>
  terminal([answerReport(answered, ledger, again)], view);

export const historyTable = (history: History, view: View): string => terminal([historyReport(history)], view);

export const preflightTable = (report: PreflightReport, view: View): string =>
  terminal([preflightReportOf(report, incompleteSection(report.coverage))], view);
