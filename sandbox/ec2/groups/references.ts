import type { GroupReference, RegionState, SecurityGroup } from '../../world/state.ts';

/** A reference to a group as EC2 words it. Who owns the group is only known while it exists. */
export function renderReference(reference: GroupReference, { securityGroups, peerings }: RegionState) {
  const peering = peerings.get(reference.vpcPeeringConnectionId ?? '');
  return {
    ...reference,
    userId: reference.userId ?? securityGroups.get(reference.groupId)?.ownerId ?? peering?.peerGroups[reference.groupId],
    peeringStatus: peering?.status ?? reference.peeringStatus,
  };
}

/** Whether a reference admits nobody any more: its group was deleted, or what led to its VPC is gone. */
export function isStale(reference: GroupReference, holder: SecurityGroup, state: RegionState): boolean {
  const { userId, peeringStatus } = renderReference(reference, state);
  if (userId === undefined) return true;
  if (peeringStatus !== undefined) return peeringStatus !== 'active';
  const referenced = state.securityGroups.get(reference.groupId);
  return referenced !== undefined && !isUsableIn(referenced, holder.vpcId, state) && !isUsableIn(holder, referenced.vpcId, state);
}

/** Whether a group may be used in a VPC: its own, or one that it is associated with. */
export const isUsableIn = (group: SecurityGroup, vpcId: string, { vpcAssociations }: RegionState): boolean =>
  group.vpcId === vpcId || vpcAssociations.get(`${group.id} ${vpcId}`)?.state === 'associated';
