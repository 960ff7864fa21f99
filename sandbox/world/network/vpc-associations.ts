import type { Place } from '../place.ts';
import { existing } from '../place.ts';
import type { VpcAssociation } from '../state.ts';

const SETTLING_MINUTES = 1;

/** Lets a group be used in another VPC. One that is still `associating` settles a minute later. */
export function associateGroup(place: Place, groupId: string, vpcId: string, given: Partial<VpcAssociation> = {}): VpcAssociation {
  const { ownerId } = existing(place.state.securityGroups, groupId, 'security group');
  const association: VpcAssociation = {
    groupId,
    groupOwnerId: ownerId,
    vpcId,
    vpcOwnerId: existing(place.state.vpcs, vpcId, 'VPC').ownerId,
    state: 'associated',
    ...given,
    id: `${groupId} ${vpcId}`,
  };
  place.state.vpcAssociations.set(association.id, association);
  place.timeline.after(SETTLING_MINUTES, () => {
    if (association.state === 'associating') association.state = 'associated';
  });
  return association;
}

/** Ends an association: `disassociating`, and a minute later no more. */
export function disassociateGroup(place: Place, groupId: string, vpcId: string): VpcAssociation {
  const association = existing(place.state.vpcAssociations, `${groupId} ${vpcId}`, 'association of group and VPC');
  association.state = 'disassociating';
  place.timeline.after(SETTLING_MINUTES, () => place.state.vpcAssociations.delete(association.id));
  return association;
}
