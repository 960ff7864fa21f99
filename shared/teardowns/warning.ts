import { count, verb } from '../content/words.ts';
import type { NetworkInterface } from '../domain/inventory.ts';
import { describeFailure, type Read } from '../domain/read.ts';
import type { DeletedCluster, DeletionWarning } from './teardown.ts';

const ADVICE = [
  'DeleteCluster cannot be undone. While the control plane still answers (minutes), deleting the pods lets its controller remove their interfaces.',
  'Terminate the remaining nodes; EC2 then detaches their trunks, and the branch interfaces become available.',
  'SGP Warden looks again after 15, 45 and 90 minutes, 4 and 24 hours, and certifies what is left.',
];

/** What a deletion is about to orphan; undefined when nothing is left to orphan. An unread count is worth a warning, too. */
export function deletionWarning(
  { cluster, principal }: { cluster: DeletedCluster; principal: string | undefined },
  branches: Read<readonly NetworkInterface[]>,
  at: Date,
): DeletionWarning | undefined {
  const enis = branches.ok ? branches.value : [];
  const branchesInUse = enis.filter((eni) => eni.status !== 'available').length;
  const branchesAvailable = enis.length - branchesInUse;
  if (branches.ok && enis.length === 0) return undefined;
  const says = branches.ok
    ? `Cluster ${cluster.name} is being deleted while ${count(branchesInUse, 'branch interface')} ${verb(branchesInUse, 'serve')} pods and ${branchesAvailable} ${verb(branchesAvailable, 'wait')} to be collected: ${enis.length === 1 ? 'it' : 'they'} will be left behind.`
    : `Cluster ${cluster.name} is being deleted; how many branch interfaces it leaves behind could not be read (${describeFailure(branches.reason)}).`;
  return { at: at.toISOString(), cluster, principal, branchesInUse, branchesAvailable, says, advice: ADVICE };
}
