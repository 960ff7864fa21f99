import type { Inventory, NetworkInterface, Observation, Sighting } from '../domain/inventory.ts';
import type { ProofPoint } from '../domain/verdict.ts';
import { fingerprint } from './fingerprint.ts';
import { proveLeaked } from './leak.ts';
import { type ProofSlices, proveAbandoned, proveTrunkAbandoned, standing } from './orphan.ts';

// A slice that was not read leaves every item of it unanswered, which the proofs take for `unread`.
function proofSlices({ clusters, trunks, instances }: Inventory): ProofSlices {
  return {
    clusters: clusters?.ok ? clusters.value : {},
    trunks: trunks?.ok ? trunks.value : {},
    instances: instances?.ok ? instances.value : {},
  };
}

function observation(
  eni: NetworkInterface,
  list: Observation['list'],
  proofs: readonly [Sighting['as'], readonly ProofPoint[]][],
): Observation {
  const base = { interfaceId: eni.id, list, fingerprint: fingerprint(eni) };
  const stands = proofs.map(([as, points]) => ({ as, standing: standing(points).standing }));
  const proven = stands.find((each) => each.standing === 'proven');
  if (proven) return { ...base, as: proven.as, outcome: 'shown', unread: [] };
  const unread = stands.flatMap((each) => (each.standing === 'unread' ? [each.as] : []));
  return { ...base, as: undefined, outcome: unread.length > 0 ? 'unread' : 'refuted', unread };
}

/** What this run's lists show of every available branch and trunk interface: the input of the ledger's sightings. */
export function observe(inventory: Inventory, accountId: string): Observation[] {
  const slices = proofSlices(inventory);
  const branches = inventory.branchEnis?.ok ? inventory.branchEnis.value : [];
  const trunks = inventory.trunkEnis?.ok ? inventory.trunkEnis.value : [];
  return [
    ...branches.map((eni) =>
      observation(eni, 'branchEnis', [
        ['orphan', proveAbandoned(eni, slices, accountId)],
        ['leak', proveLeaked(eni, slices.clusters, accountId)],
      ]),
    ),
    ...trunks.map((trunk) => observation(trunk, 'trunkEnis', [['orphan', proveTrunkAbandoned(trunk, slices, accountId)]])),
  ];
}
