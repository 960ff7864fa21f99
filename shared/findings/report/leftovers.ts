import type { Finding } from '../../domain/finding.ts';
import type { LeftoverName } from '../../domain/verdict.ts';
import type { AuditReport, Unknown } from '../audit-report.ts';
import { sortedFindings, sortedUnknown } from '../order.ts';
import { interfaceOf, pointsOf } from './evidence.ts';

/** The findings of a report by the section that shows them; every finding is in exactly one. */
export interface Leftovers {
  branches: readonly Finding[];
  trunks: readonly Finding[];
  pinned: readonly Finding[];
  leaked: readonly Finding[];
  unattributable: readonly Finding[];
  gaps: readonly Finding[];
  /** Of paths that pods with security groups of their own need. */
  paths: readonly Finding[];
  other: readonly Finding[];
  /** Of any kind, that somebody answers for. */
  accepted: readonly Finding[];
}

const SECTIONS = {
  branch: 'branches',
  trunk: 'trunks',
  pinned: 'pinned',
  leak: 'leaked',
  unattributable: 'unattributable',
} as const satisfies Record<LeftoverName, keyof Leftovers>;

function sectionOf({ topic, path, leftover }: Finding): keyof Leftovers {
  if (leftover) return SECTIONS[leftover];
  if (topic === 'coverage') return 'gaps';
  return path ? 'paths' : 'other';
}

/** Sorts the findings into sections. */
export function leftoversOf({ findings }: Pick<AuditReport, 'findings'>): Leftovers {
  const sorted = sortedFindings(findings);
  const of = (section: keyof Leftovers) => sorted.filter((finding) => !finding.accepted && sectionOf(finding) === section);
  return {
    branches: of('branches'),
    trunks: of('trunks'),
    pinned: of('pinned'),
    leaked: of('leaked'),
    unattributable: of('unattributable'),
    gaps: of('gaps'),
    paths: of('paths'),
    other: of('other'),
    accepted: sorted.filter((finding) => finding.accepted),
  };
}

/** Whether something could not be read, so that nothing else in the report is complete. */
export const isIncomplete = (report: Pick<AuditReport, 'coverage' | 'findings'>): boolean =>
  report.coverage.some(({ ok }) => !ok) || report.findings.some((finding) => sectionOf(finding) === 'gaps');

export const inState = (findings: readonly Finding[], state: string): Finding[] => findings.filter((finding) => finding.state === state);

/** How many addresses these interfaces hold. */
export const addressCount = (findings: readonly Finding[]): number =>
  findings.reduce((sum, { evidence }) => sum + (interfaceOf(evidence)?.addresses.length ?? 0), 0);

/** What could not be decided: `waiting` for something that is still there, and the rest. */
export function undecidedOf({ unknown, verdicts }: AuditReport): { waiting: readonly Unknown[]; unknown: readonly Unknown[] } {
  const waits = new Set(
    verdicts
      .filter((each) => each.verdict === 'unknown' && pointsOf(each.evidence).some((point) => point.outcome === 'waits'))
      .map((each) => `${each.ruleId}/${each.subject.id}`),
  );
  const isWaiting = ({ ruleId, subject, reason }: Unknown) => waits.has(`${ruleId}/${subject.id}`) || /^waiting /i.test(reason);
  const sorted = sortedUnknown(unknown);
  return { waiting: sorted.filter(isWaiting), unknown: sorted.filter((each) => !isWaiting(each)) };
}
