import { count, shortList } from '../../shared/content/words.ts';
import type { PreflightReport } from '../../shared/model/preflight.ts';
import { coverageJson, SCHEMA_VERSION, toJson } from './json.ts';
import { BLANK, type Line, layout, type View } from './layout.ts';
import type { Tone } from './style.ts';

const TONES = { clean: 'good', 'leaves-behind': 'warn', unknown: 'bad', 'no-such-cluster': 'bad' } as const satisfies Record<string, Tone>;
const MOST_IDS = 10;

/** A preflight for scripts. */
export function preflightJson(report: PreflightReport): string {
  const { generatedAt, target, cluster, outcome, summary, leftBehind, deleteFirst, outliving, steps, stats } = report;
  const coverage = report.coverage.map(coverageJson);
  return toJson({
    schemaVersion: SCHEMA_VERSION,
    generatedAt,
    target: { accountId: target.accountId, region: target.region },
    cluster,
    outcome,
    summary,
    coverage,
    leftBehind,
    deleteFirst,
    outliving,
    steps: steps.map(({ summary, commands }) => ({ summary, commands })),
    stats: { apiCalls: stats.apiCalls, durationMs: stats.durationMs },
  });
}

const idList = (title: string, ids: readonly string[]): Line[] =>
  ids.length > 0 ? [{ text: `${title} (${ids.length}): ${shortList(ids, MOST_IDS)}`, indent: 2, hang: 2 }] : [];

function leftBehindLines({ leftBehind, outcome }: PreflightReport): Line[] {
  const lines = [
    ...idList('branch interfaces in use, orphans once the control plane is gone', leftBehind.branchesInUse),
    ...idList('branch interfaces already available, collected only while the cluster lives', leftBehind.branchesAvailable),
    ...idList('trunk interfaces', leftBehind.trunks),
    ...idList('security groups that could not be deleted', leftBehind.securityGroups),
    ...idList('subnets that could not be deleted', leftBehind.subnets),
  ];
  if (lines.length === 0) return [];
  const addresses = leftBehind.ipAddresses > 0 ? `, holding ${count(leftBehind.ipAddresses, 'IP address')}` : '';
  const when = outcome === 'no-such-cluster' ? 'Left behind by an earlier cluster of this name' : 'Left behind if it were deleted now';
  return [{ text: `${when}${addresses}`, tone: 'title' }, ...lines, BLANK];
}

const section = (title: string, ids: readonly string[]): Line[] =>
  ids.length > 0 ? [{ text: title, tone: 'title' }, ...ids.map((id): Line => ({ text: `- ${id}`, indent: 2, hang: 2 })), BLANK] : [];

/** A preflight for a person: what would be left, and what to do, in order. */
export function preflightTable(report: PreflightReport, view: View): string {
  const { target, cluster, outcome, summary, coverage, deleteFirst, outliving, steps } = report;
  const gaps = coverage.filter(({ ok }) => !ok);
  return layout(
    [
      {
        text: `Account ${target.accountId}, ${target.region}, cluster ${cluster}: ${outcome}. ${summary}`,
        hang: 2,
        tone: gaps.length > 0 ? 'bad' : TONES[outcome],
      },
      BLANK,
      ...(gaps.length > 0
        ? [{ text: 'INCOMPLETE: something could not be read. Nothing below may be taken for complete.', tone: 'bad' } as const]
        : []),
      ...gaps.map(({ slice, reason }): Line => ({ text: `- ${slice}: ${reason ?? 'could not be read'}`, indent: 2, hang: 2 })),
      BLANK,
      ...leftBehindLines(report),
      ...section('To be deleted before the cluster: EKS refuses otherwise', deleteFirst),
      ...section('Outliving the control plane: instances of no managed node group', outliving),
      ...(steps.length > 0 ? [{ text: 'NEXT', tone: 'title' } as const] : []),
      ...steps.flatMap(({ summary, commands }, index): Line[] => [
        { text: `${index + 1}. ${summary}`, indent: 2, hang: 3 },
        ...commands.map((command): Line => ({ command, indent: 4 })),
      ]),
    ],
    view,
  );
}
