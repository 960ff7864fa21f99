// From an audit to plans: the findings of one run, and the reads that they were made of.

import { INTERFACE_EVIDENCE } from '../domain/evidence/parts.ts';
import { readEvidence } from '../domain/evidence/read.ts';
import type { Finding } from '../domain/finding.ts';
import type { Inventory } from '../domain/inventory.ts';
import { type Read, readFailed, readOk } from '../domain/read.ts';
import type { Evidence } from '../domain/verdict.ts';
import type { AuditReport } from '../findings/audit-report.ts';
import type { AuditWithReads } from '../findings/audit-with-reads.ts';
import type { Settings } from '../settings/config.ts';
import type { Candidate, Plan } from './deletion.ts';
import { makePlan } from './make-plan.ts';
import type { FreshPlan } from './propose.ts';

/** What would be deleted of an audit's orphans, at most so many, and what not and why. */
export const planFrom = (audited: AuditWithReads, settings: Settings, max: number, at: Date): Plan =>
  planOf(audited, audited.report.findings.filter(isOrphanFinding), settings, max, at);

/**
 * The same, a plan for each deleted cluster, in the order of their names. Each holds CLEANUP_MAX at most; in auto mode all together do that
 * begin by themselves. `waits`: a plan that does not: were it to use the cap up, one that nobody answers would hold up every other cluster.
 */
export function plansByCluster(audited: AuditWithReads, settings: Settings, at: Date, waits: (plan: Plan) => boolean): FreshPlan[] {
  const clusters = Map.groupBy(audited.report.findings.filter(isOrphanFinding), (finding) => finding.cluster ?? '-');
  let left = settings.cleanupMax;
  return [...clusters]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([cluster, findings]) => {
      const plan = planOf(audited, findings, settings, left, at);
      if (settings.cleanupMode === 'auto' && !waits(plan)) left -= plan.deletions.length;
      return { cluster, plan };
    });
}

const isOrphanFinding = (finding: Finding): boolean => finding.leftover === 'branch';

function planOf(
  { report, inventory, sightings, acceptances }: AuditWithReads,
  orphans: readonly Finding[],
  settings: Settings,
  max: number,
  at: Date,
) {
  const { minOrphanAgeMinutes, exclusions } = settings;
  return makePlan({
    context: { target: report.target, minOrphanAgeMinutes, exclusions, max },
    orphans: orphans.map((finding) => ({
      finding,
      candidate: { ...candidateOf(finding, inventory, sightings), accepted: acceptedOf(finding, acceptances) },
    })),
    pinned: report.findings.filter((finding) => finding.leftover === 'pinned'),
    at,
  });
}

/**
 * Also where it is more by now than what was accepted, or another finding of the same interface, because its tags or its cluster changed: who
 * said that it stays did not say that it may be deleted.
 */
const acceptedOf = ({ id, subject }: Finding, acceptances: AuditWithReads['acceptances']) =>
  acceptances.get(id) ?? [...acceptances.values()].find(({ findingId }) => findingId.endsWith(`/${subject.id}`));

/**
 * Of which clusters something that decides about their orphans could not be read. What is missing in a plan for them may only not have
 * been seen.
 */
export function unreadClusters({ verdicts, target }: AuditReport): (cluster: string) => boolean {
  const undecided = verdicts.filter(({ leftover, verdict }) => leftover === 'branch' && verdict === 'unknown');
  // The rule was not called at all, or nobody knows whose account this is.
  const isBlind = undecided.some(({ subject }) => subject.type === 'region') || !/^\d{12}$/.test(target.accountId);
  const unread = new Set(undecided.filter(({ evidence }) => hasUnread(evidence)).map(({ cluster }) => cluster ?? '-'));
  return (cluster) => isBlind || unread.has(cluster);
}

const hasUnread = (evidence: Evidence): boolean =>
  readEvidence(INTERFACE_EVIDENCE, evidence).proof?.some(({ outcome }) => outcome === 'unread') ?? false;

/** What the guards need of one finding, from the reads of the same audit. */
function candidateOf({ subject }: Finding, inventory: Inventory, sightings: ReadonlyMap<string, Candidate['sighting']>): Candidate {
  const { branchEnis, clusters, trunks, instances } = inventory;
  const eni = branchEnis?.ok ? branchEnis.value.find((each) => each.id === subject.id) : undefined;
  const unread: Candidate['eni'] = readFailed({
    cause: 'not-asked',
    action: 'ec2:DescribeNetworkInterfaces',
    item: subject.id,
    message: 'not listed',
  });
  return {
    interfaceId: subject.id,
    eni: eni && branchEnis?.ok ? { ...readOk({ found: true, interface: eni }, new Date(branchEnis.readAt)) } : unread,
    clusters: itemsOf(clusters),
    trunks: itemsOf(trunks),
    instances: itemsOf(instances),
    sighting: sightings.get(subject.id),
    planned: undefined,
  };
}

const itemsOf = <T extends object>(read: Read<T> | undefined): T | Record<string, never> => (read?.ok ? read.value : {});
