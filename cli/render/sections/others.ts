import { count, sentenceOf } from '../../../shared/content/words.ts';
import type { Finding } from '../../../shared/model/finding.ts';
import type { AuditReport } from '../../../shared/model/report.ts';
import { BLANK, type Line } from '../layout.ts';
import { leftoversOf } from '../leftovers.ts';
import { andMore, interfaceRows, MOST_ROWS } from './interfaces.ts';

const remedies = (findings: readonly Finding[]): Line[] =>
  [...new Set(findings.map(({ remedy }) => remedy.summary))]
    .filter(Boolean)
    .slice(0, 3)
    .map((text) => ({ text, indent: 2, hang: 2 }));

function leakedSection(leaked: readonly Finding[]): Line[] {
  return [...Map.groupBy(leaked, ({ cluster }) => cluster ?? '')].flatMap(([cluster, findings]): Line[] => [
    {
      text: `Live cluster ${cluster || '(not named)'}: ${count(findings.length, 'available branch interface')} not collected`,
      tone: 'title',
    },
    ...interfaceRows(findings, 2),
    ...remedies(findings),
    BLANK,
  ]);
}

/** Findings of which nothing but their own words is known. */
function plainSection(title: string, findings: readonly Finding[]): Line[] {
  if (findings.length === 0) return [];
  return [
    { text: title, tone: 'title' },
    ...findings
      .slice(0, MOST_ROWS)
      .map((finding): Line => ({ text: `- ${finding.state ?? finding.severity}: ${sentenceOf(finding)}`, indent: 2, hang: 2 })),
    ...andMore(findings.length, 2),
    ...remedies(findings),
    BLANK,
  ];
}

/** What is left behind by live clusters, by nobody in particular, and what rules find that have no section of their own. */
export function otherSections(report: AuditReport): Line[] {
  const { leaked, unattributable, other } = leftoversOf(report);
  return [
    ...leakedSection(leaked),
    ...plainSection(`Not attributable: ${count(unattributable.length, 'interface')}`, unattributable),
    ...[...Map.groupBy(other, ({ ruleId }) => ruleId)].flatMap(([ruleId, findings]) => plainSection(ruleId, findings)),
  ];
}
