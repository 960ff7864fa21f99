// What happens after a deletion: a ladder of looks, and a certificate at its end.

import type { AwsClients } from '../aws/clients.ts';
import { sentenceOf } from '../content/words.ts';
import type { Logger } from '../domain/log.ts';
import type { AuditReport } from '../findings/audit-report.ts';
import { collectInterfaces } from '../inventory/ec2/interfaces-by-id.ts';
import { collectLeftovers } from '../inventory/ec2/leftovers.ts';
import { collectCluster } from '../inventory/eks/clusters.ts';
import { statesOf } from '../ledger/kind.ts';
import type { LedgerRecord, LedgerStore } from '../ledger/store.ts';
import { uncontested, update } from '../ledger/update.ts';
import { ruleOf } from '../rules/find.ts';
import { certify } from './certificate.ts';
import { beginTeardown, climb, isDue, LAST_RUNG } from './ladder.ts';
import type { Judged } from './leftover.ts';
import { TEARDOWN, teardownKey } from './record.ts';
import type { Certificate, Teardown, TeardownState } from './teardown.ts';

export interface FollowUp {
  store: LedgerStore;
  clients: AwsClients;
  /** The names of those who are to send a certificate. */
  publishers: readonly string[];
  clock: () => Date;
  log: Logger;
}

/**
 * Opens a follow-up for orphans that no event announced, and takes every one that is due a step further. `afterCleanup`: every open one is
 * looked at, and ends if nothing is left; what is left is told of when its step comes.
 */
export async function followTeardowns(deps: FollowUp, report: AuditReport, afterCleanup = false): Promise<void> {
  const records = await deps.store.load(report.target);
  await openMissing(deps, report, records);
  const judged = judgedBy(report);
  const place = { store: deps.store, target: report.target };
  for (const record of records) {
    if (record.body.kind !== 'teardown') continue;
    const { teardown } = record.body.state;
    const due = isDue(teardown, deps.clock());
    if (!due && !(afterCleanup && teardown.status === 'open')) continue;
    const certificate = await certifyNow(deps, teardown, judged);
    if (certificate && (due || certificate.outcome !== 'leftovers'))
      uncontested(await update(place, TEARDOWN, record.key, (now) => ({ state: step(deps, certificate, now) }), { from: record }));
  }
}

/** Events are best-effort: a sweep that proves orphans of a cluster that nobody follows opens the follow-up itself. */
async function openMissing({ store, clock }: FollowUp, { findings, target }: AuditReport, records: readonly LedgerRecord[]): Promise<void> {
  const open = statesOf(records, TEARDOWN).filter((state) => state.teardown.status === 'open');
  const followed = new Set(open.map((state) => state.teardown.cluster.name));
  const orphans = findings.filter((finding) => finding.leftover === 'branch' && finding.state === 'orphan');
  for (const [name, found] of Map.groupBy(orphans, (finding) => finding.cluster ?? '')) {
    // An interface that names two clusters is listed with either one's leftovers, once somebody follows them.
    if (followed.has(name) || name === '' || name.includes('+')) continue;
    const unknown = {
      arn: undefined,
      createdAt: undefined,
      vpcId: undefined,
      subnetIds: [],
      clusterSecurityGroupId: undefined,
      roleArn: undefined,
    };
    const cluster = { name, ...unknown };
    const seen = found.map((finding) => finding.subject.id);
    const teardown = beginTeardown(cluster, 'sweep', clock().toISOString(), seen);
    const key = teardownKey(cluster);
    const from = records.find((record) => record.key === key);
    // Whoever opened it meanwhile may know more of it, and follows it already.
    const open = (now: TeardownState | undefined) =>
      now?.teardown.status === 'open' ? {} : { state: { teardown, pending: now?.pending ?? [] } };
    uncontested(await update({ store, target }, TEARDOWN, key, open, { from }));
  }
}

/** What is left of a cluster now; undefined when something could not be read: then the step is not done, and the next run looks again. */
async function certifyNow({ clients, clock, log }: FollowUp, teardown: Teardown, judged: (id: string) => Judged | undefined) {
  const leftovers = await collectLeftovers(clients.ec2, teardown.cluster, clock);
  const listed = new Set(leftovers.ok ? leftovers.value.map((eni) => eni.id) : []);
  // Absent is not gone: what was listed before is asked for by its id.
  const absent = leftovers.ok ? teardown.seen.filter((id) => !listed.has(id)) : [];
  const absentees = await collectInterfaces(clients.ec2, absent, clock);
  const cluster = await collectCluster(clients.eks, teardown.cluster.name, clock);
  const certification = certify(teardown, { cluster, leftovers, absentees, judged }, clock());
  if (certification.ok) return certification.certificate;
  log.warn('teardown undecided', { cluster: teardown.cluster.name, reason: certification.undecided });
  return undefined;
}

/** The teardown one step on. People are told at its end, or of what is left after the last step of the ladder. */
function step({ publishers }: FollowUp, certificate: Certificate, now: TeardownState | undefined): TeardownState | undefined {
  if (!now || now.teardown.status === 'closed') return undefined;
  const climbed = climb(now.teardown, new Date(certificate.at));
  const isEnd = certificate.outcome !== 'leftovers';
  const tells = isEnd || (climbed.rung >= LAST_RUNG && !now.teardown.certificate);
  const ours = certificate.leftovers.filter((leftover) => leftover.ours).map((leftover) => leftover.id);
  const seen = [...new Set([...climbed.seen, ...ours])].sort();
  return {
    teardown: { ...climbed, status: isEnd ? 'closed' : 'open', seen, ...(tells ? { certificate } : {}) },
    pending: tells && publishers.length > 0 ? [...now.pending, { kind: 'certificate', certificate, recipients: publishers }] : now.pending,
  };
}

/** How far the audit of this run has proven an interface. */
function judgedBy({ findings, unknown }: AuditReport): (id: string) => Judged | undefined {
  const found = findings
    .filter((finding) => finding.subject.type === 'network-interface')
    .map((finding) => [finding.subject.id, { state: finding.state ?? 'found', says: sentenceOf(finding) }] as const);
  const undecided = unknown
    .filter(({ ruleId }) => ['branch', 'trunk'].includes(ruleOf(ruleId)?.leftover ?? ''))
    .map((each) => [each.subject.id, { state: 'waiting', says: each.reason }] as const);
  const byId = new Map([...undecided, ...found]);
  return (id) => byId.get(id);
}
