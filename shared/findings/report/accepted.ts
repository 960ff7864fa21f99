import { entries, paragraph, section, step } from '../../content/blocks.ts';
import type { Item, Section } from '../../content/document.ts';
import { count, sentenceOf } from '../../content/words.ts';
import { lastDay } from '../../domain/acceptance.ts';
import type { Finding } from '../../domain/finding.ts';
import type { AuditReport } from '../audit-report.ts';
import { andMore, MOST_ROWS } from './interfaces.ts';
import { leftoversOf } from './leftovers.ts';

/** The command line that accepts a finding until a day. */
export type Accept = (findingId: string, until: string) => string;

function acceptedItem(finding: Finding): Item[] {
  const { severity, state, accepted } = finding;
  if (!accepted) return [];
  const { owner, reason, by } = accepted;
  return [
    {
      text: `${severity}${state ? `, ${state}` : ''}: ${sentenceOf(finding)}`,
      blocks: [paragraph(`accepted until ${lastDay(accepted)} for ${owner}: ${reason} (by ${by})`)],
    },
  ];
}

/** What somebody answers for: still so, shown, and raising no alert. */
export function acceptedSection(report: AuditReport): Section[] {
  const { accepted } = leftoversOf(report);
  return section('accepted', `Accepted: ${count(accepted.length, 'finding')}`, [
    ...entries('accepted', accepted.slice(0, MOST_ROWS).flatMap(acceptedItem)),
    ...andMore(accepted.length),
  ]);
}

const MOST_COMMANDS = 3;
const EXAMPLE_DAYS = 90;

// An orphan is deleted, or kept by its tag: it can be accepted, but nothing should invite to that. What is quiet raises no alert anyway.
function acceptable(report: AuditReport): Finding[] {
  const { paths, other, leaked, unattributable } = leftoversOf(report);
  const keyOf = (of: Pick<Finding, 'ruleId' | 'subject'> & { cluster?: string | null | undefined }) =>
    JSON.stringify([of.ruleId, of.subject.id, of.cluster ?? null]);
  const quiet = new Set(report.verdicts.filter((verdict) => verdict.quiet).map(keyOf));
  return [...paths, ...other, ...leaked, ...unattributable].filter((finding) => !quiet.has(keyOf(finding)));
}

/** How to accept what is meant to be so: the first of it, with the whole command. A ledger must remember it. */
export function acceptStep(reports: readonly AuditReport[], accept: Accept): Item[] {
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
