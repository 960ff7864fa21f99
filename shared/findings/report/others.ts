import { items, paragraph, section } from '../../content/blocks.ts';
import type { Paragraph, Section } from '../../content/document.ts';
import { count, sentenceOf } from '../../content/words.ts';
import type { Finding } from '../../domain/finding.ts';
import type { AuditReport } from '../audit-report.ts';
import { whyAndPage } from '../why.ts';
import { andMore, interfaceTables, MOST_ROWS } from './interfaces.ts';
import { leftoversOf } from './leftovers.ts';

const remedies = (findings: readonly Finding[]): Paragraph[] =>
  [...new Set(findings.map(({ remedy }) => remedy.summary))]
    .filter(Boolean)
    .slice(0, 3)
    .map((text) => paragraph(text));

const leakedSections = (leaked: readonly Finding[]): Section[] =>
  [...Map.groupBy(leaked, ({ cluster }) => cluster ?? '')].flatMap(([cluster, findings]) =>
    section('leaked', `Live cluster ${cluster || '(not named)'}: ${count(findings.length, 'available branch interface')} not collected`, [
      ...interfaceTables(findings),
      ...remedies(findings),
      ...whyAndPage(findings[0]?.ruleId ?? ''),
    ]),
  );

/** Findings of which nothing but their own words is known. */
const plainSection = (key: string, heading: string, findings: readonly Finding[]): Section[] =>
  section(key, heading, [
    ...items(
      'findings',
      findings.slice(0, MOST_ROWS).map((finding) => `${finding.state ?? finding.severity}: ${sentenceOf(finding)}`),
    ),
    ...andMore(findings.length),
    ...remedies(findings),
    ...whyAndPage(findings[0]?.ruleId ?? ''),
  ]);

/** What live clusters leave behind, what belongs to no cluster, and what rules find that have no section of their own. */
export function otherSections(report: AuditReport): Section[] {
  const { leaked, unattributable, other } = leftoversOf(report);
  return [
    ...leakedSections(leaked),
    ...plainSection('unattributable', `Not attributable: ${count(unattributable.length, 'interface')}`, unattributable),
    ...[...Map.groupBy(other, ({ ruleId }) => ruleId)].flatMap(([ruleId, findings]) => plainSection(ruleId, ruleId, findings)),
  ];
}
