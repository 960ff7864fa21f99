import { count } from '../content/words.ts';
import type { ClusterAnswer, InterfaceAnswer, NetworkInterface } from '../domain/inventory.ts';
import { describeFailure, type ItemReads, type Read } from '../domain/read.ts';
import { type Judged, leftoverOf } from './leftover.ts';
import type { Certificate, DeletedCluster, Teardown } from './teardown.ts';

/** What was read of a deleted cluster at one step of the ladder. */
export interface TeardownFacts {
  cluster: Read<ClusterAnswer>;
  leftovers: Read<readonly NetworkInterface[]>;
  /** By id: what earlier steps listed and `leftovers` does not. Absent is not gone. */
  absentees: ItemReads<InterfaceAnswer>;
  judged: (interfaceId: string) => Judged | undefined;
}

/** `undecided`: something that decides it could not be read, so nothing is certified. */
export type Certification = { ok: true; certificate: Certificate } | { ok: false; undecided: string };

// CloudTrail and EKS state a creation with different precision.
const SAME_CREATION_MS = 1_000;

/** Whether the cluster of today is a later one than the deleted cluster. */
function isNewer({ cluster, openedAt }: Teardown, { createdAt }: Extract<ClusterAnswer, { found: true }>): boolean {
  if (createdAt === undefined) return false;
  if (cluster.createdAt !== undefined) return Date.parse(createdAt) - Date.parse(cluster.createdAt) > SAME_CREATION_MS;
  return Date.parse(createdAt) > Date.parse(openedAt);
}

/** What is left of a deleted cluster. A cluster of that name in another VPC is a different one and says nothing. */
export function certify(teardown: Teardown, facts: TeardownFacts, at: Date): Certification {
  const { cluster } = teardown;
  const unread = [facts.cluster, facts.leftovers, ...Object.values(facts.absentees)].flatMap((read) => (read.ok ? [] : [read.reason]));
  if (!facts.cluster.ok || !facts.leftovers.ok || unread.length > 0)
    return { ok: false, undecided: unread.map(describeFailure).join('; ') };
  const today = facts.cluster.value;
  const elsewhere = today.found && today.vpcId !== undefined && cluster.vpcId !== undefined && today.vpcId !== cluster.vpcId;
  const stillThere = Object.values(facts.absentees).flatMap((read) => (read.ok && read.value.found ? [read.value.interface] : []));
  const leftovers = [...facts.leftovers.value.filter(belongs(cluster)), ...stillThere].map((eni) => leftoverOf(eni, facts.judged(eni.id)));
  const certificate = (outcome: Certificate['outcome'], says: string, details?: string): Certification => ({
    ok: true,
    certificate: {
      outcome,
      at: at.toISOString(),
      cluster,
      leftovers: outcome === 'clean' ? [] : leftovers,
      says,
      ...(details ? { details } : {}),
    },
  });
  if (today.found && !elsewhere) {
    if (today.status !== 'DELETING' && isNewer(teardown, today)) {
      return certificate(
        'superseded',
        `A newer cluster ${cluster.name} lives in the same VPC.`,
        'The newer one collects what the old one left.',
      );
    }
    return certificate('leftovers', `Cluster ${cluster.name} itself is still there (${today.status}).`);
  }
  if (leftovers.length === 0) return certificate('clean', `Nothing is left of cluster ${cluster.name}.`);
  const ours = leftovers.filter((leftover) => leftover.ours).length;
  const rest = leftovers.length - ours;
  return certificate(
    'leftovers',
    `${count(ours, 'branch or trunk interface')} and ${count(rest, 'other interface')} are left of cluster ${cluster.name}.`,
  );
}

/** Names repeat: what lives in another VPC than the deleted cluster did is not its leftover. */
const belongs =
  ({ vpcId }: DeletedCluster) =>
  (eni: NetworkInterface): boolean =>
    vpcId === undefined || eni.vpcId === '' || eni.vpcId === vpcId;
