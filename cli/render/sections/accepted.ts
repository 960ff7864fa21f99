import { count, sentenceOf } from '../../../shared/content/words.ts';
import { lastDay } from '../../../shared/model/acceptance.ts';
import type { Finding } from '../../../shared/model/finding.ts';
import type { AuditReport } from '../../../shared/model/report.ts';
import { BLANK, type Line } from '../layout.ts';
import { leftoversOf } from '../leftovers.ts';
import { andMore, MOST_ROWS } from './interfaces.ts';
import { step } from './steps.ts';

/** The command line that accepts a finding until a day. */
export type Accept = (findingId: string, until: string) => string;

function acceptedLines(finding: Finding): Line[] {
  const { severity, state, accepted } = finding;
  if (!accepted) return [];
  const { owner, reason, by } = accepted;
  return [
    { text: `- ${severity}${state ? `, ${state}` : ''}: ${sentenceOf(finding)}`, indent: 2, hang: 2 },
    { text: `accepted until ${lastDay(accepted)} for ${owner}: ${reason} (by ${by})`, indent: 4 },
  ];
}

/** What somebody answers for: still so, shown, and alerting nobody. */
export function acceptedSection(report: AuditReport): Line[] {
  const { accepted } = leftoversOf(report);
  if (accepted.length === 0) return [];
  return [
    { text: `Accepted: ${count(accepted.length, 'finding')}`, tone: 'title' },
    ...accepted.slice(0, MOST_ROWS).flatMap(acceptedLines),
    ...andMore(accepted.length, 2),
    BLANK,
  ];
}

const MOST_COMMANDS = 3;
const EXAMPLE_DAYS = 90;

// An orphan is deleted, or kept by its tag: it can be accepted, but nobody should be invited to. What is quiet alerts nobody anyway.
function acceptable(report: AuditReport): Finding[] {
  const { paths, other, leaked, unattributable } = leftoversOf(report);
  const keyOf = (of: Pick<Finding, 'ruleId' | 'subject'> & { cluster?: string | null | undefined }) =>
    JSON.stringify([of.ruleId, of.subject.id, of.cluster ?? null]);
  const quiet = new Set(report.verdicts.filter((verdict) => verdict.quiet).map(keyOf));
  return [...paths, ...other, ...leaked, ...unattributable].filter((finding) => !quiet.has(keyOf(finding)));
}

/** How to accept what is meant to be so: the first of it, with the whole command. A ledger must remember it. */
export function acceptStep(reports: readonly AuditReport[], accept: Accept): Line[][] {
  const remembered = reports.filter(({ ledger }) => ledger !== undefined);
  const findings = remembered.flatMap(acceptable);
  const [newest] = remembered.map(({ generatedAt }) => Date.parse(generatedAt)).toSorted((a, b) => b - a);
  if (findings.length === 0 || newest === undefined || !Number.isFinite(newest)) return [];
  const until = new Date(newest + EXAMPLE_DAYS * 86_400_000).toISOString().slice(0, 10);
  const rest = findings.length > MOST_COMMANDS ? ' (--format json has the ids of all)' : '';
  return [
    step(
      `Is something meant to be as it is? Accept it for a while: it stays visible, and alerts no more${rest}:`,
      findings.slice(0, MOST_COMMANDS).map(({ id }) => accept(id, until)),
    ),
  ];
}
