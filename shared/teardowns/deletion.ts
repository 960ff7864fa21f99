// The moment of the event: what is known of the cluster is kept, and people are warned while something can still be done.

import type { AwsClients } from '../aws/clients.ts';
import type { Logger } from '../domain/log.ts';
import { BRANCH_DESCRIPTION, TRUNK_DESCRIPTION } from '../domain/tags.ts';
import { collectClusterInterfaces } from '../inventory/cluster-network.ts';
import type { LedgerStore } from '../ledger/store.ts';
import { uncontested, update } from '../ledger/update.ts';
import type { Deletion } from './delete-cluster-event.ts';
import { beginTeardown } from './ladder.ts';
import { TEARDOWN, teardownKey } from './record.ts';
import { deletionWarning } from './warning.ts';

export interface DeletionDeps {
  store: LedgerStore;
  clients: AwsClients;
  publishers: readonly string[];
  clock: () => Date;
  log: Logger;
}

/** Opens the follow-up of a deletion, once however often the event comes, and warns of what it is about to orphan. */
export async function recordDeletion(deps: DeletionDeps, deletion: Deletion): Promise<void> {
  const { store, clients, clock, publishers } = deps;
  const target = { accountId: deletion.accountId, region: deletion.region };
  const key = teardownKey(deletion.cluster);
  if (await store.get(target, key)) return;
  const branches = await collectClusterInterfaces(clients.ec2, deletion.cluster.name, BRANCH_DESCRIPTION, clock);
  const trunks = await collectClusterInterfaces(clients.ec2, deletion.cluster.name, TRUNK_DESCRIPTION, clock);
  const enis = [...(branches.ok ? branches.value : []), ...(trunks.ok ? trunks.value : [])];
  const warning = deletionWarning(deletion, branches, clock());
  const teardown = beginTeardown(deletion.cluster, 'event', deletion.at, enis.map((eni) => eni.id).sort());
  const pending = warning && publishers.length > 0 ? [{ kind: 'warning' as const, warning, recipients: publishers }] : [];
  uncontested(await update({ store, target }, TEARDOWN, key, (now) => (now ? {} : { state: { teardown, pending } }), { from: undefined }));
}
