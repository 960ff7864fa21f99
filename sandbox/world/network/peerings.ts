import type { Place } from '../place.ts';
import { existing } from '../place.ts';
import type { GroupReference, Peering } from '../state.ts';

export type GivenPeering = Partial<Omit<Peering, 'peerGroups'>> & { peerGroups?: readonly string[] };

/** An active peering with another VPC: one of this account, or a stranger's with groups that only references know. */
export function peerVpc(place: Place, vpcId: string, given: GivenPeering = {}): Peering {
  const peerOwnerId = given.peerOwnerId ?? place.state.vpcs.get(given.peerVpcId ?? '')?.ownerId ?? '210987654321';
  const peering: Peering = {
    id: place.newId('pcx'),
    peerVpcId: given.peerVpcId ?? place.newId('vpc'),
    status: 'active',
    ...given,
    vpcId,
    peerOwnerId,
    peerGroups: Object.fromEntries((given.peerGroups ?? []).map((id) => [id, peerOwnerId])),
  };
  place.state.peerings.set(peering.id, peering);
  return peering;
}

/** Deletes a stranger's group: rules that refer to it stay, without its owner. */
export function deletePeerGroup(place: Place, peeringId: string, groupId: string): void {
  delete existing(place.state.peerings, peeringId, 'peering').peerGroups[groupId];
  for (const { rules } of place.state.securityGroups.values()) {
    for (const { referencedGroup } of rules) if (referencedGroup?.groupId === groupId) delete referencedGroup.userId;
  }
}

/** A reference to a group on the other side of a peering. */
export function peerReference(place: Place, peeringId: string, groupId: string): GroupReference {
  const { id, peerVpcId } = existing(place.state.peerings, peeringId, 'peering');
  const vpcId = place.state.securityGroups.get(groupId)?.vpcId ?? peerVpcId;
  return { groupId, vpcId, vpcPeeringConnectionId: id };
}
