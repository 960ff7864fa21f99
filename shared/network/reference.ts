// Whom a rule that refers to a group matches: the private addresses of interfaces that hold the group, in the same VPC or a peered
// one. References are not transitive, and the rule's own group is a group like any other.

import { describeFailure, itemOf } from '../domain/read.ts';
import type { GroupReference, NetworkFacts, Side, Unsettled } from '../domain/security-group.ts';

/** `no` comes with the reason in words, `maybe` with what would settle it. */
export type ReferenceAnswer = { answer: 'yes' } | { answer: 'no'; says: string } | { answer: 'maybe'; unsettled: Unsettled };

interface Holder {
  vpcId: string;
  groupIds: readonly string[];
}

/** Whether a reference in a rule of an interface in `localVpc` matches the interfaces of another class. */
export function matchReference(
  reference: GroupReference,
  side: Side,
  localVpc: string,
  other: Holder,
  facts: NetworkFacts,
): ReferenceAnswer {
  const { groupId } = reference;
  if (!other.groupIds.includes(groupId)) return { answer: 'no', says: `does not hold ${groupId}` };
  if (localVpc === '' || other.vpcId === '') return maybe('group', groupId, `the VPC of an interface that holds ${groupId} is not known`);
  return localVpc === other.vpcId ? withinVpc(groupId, localVpc, facts) : acrossVpcs(reference, side, localVpc, other.vpcId, facts);
}

const maybe = (what: Unsettled['what'], id: string, says: string): ReferenceAnswer => ({ answer: 'maybe', unsettled: { what, id, says } });

// An interface can hold a group of another VPC only while the two are associated. So an association in any other state than
// `associated` contradicts the interface that holds the group: it is about to begin or to end, and nobody says what holds meanwhile.
function withinVpc(groupId: string, vpcId: string, facts: NetworkFacts): ReferenceAnswer {
  const group = itemOf(facts.groups, groupId);
  if (!group?.ok) {
    const why = group ? describeFailure(group.reason) : 'it was not asked for';
    return maybe('group', groupId, `it is not known whose VPC ${groupId} is: ${why}`);
  }
  if (!group.value.found) return maybe('group', groupId, `EC2 knows no group ${groupId}, yet a host holds it: look again`);
  if (group.value.vpcId === vpcId) return { answer: 'yes' };
  const read = itemOf(facts.associations, groupId);
  if (!read?.ok) {
    const why = read ? describeFailure(read.reason) : 'they were not asked for';
    return maybe('vpc-association', groupId, `the VPC associations of ${groupId} are not known: ${why}`);
  }
  const states = read.value.filter((each) => each.vpcId === vpcId).map((each) => each.state);
  if (states.includes('associated')) return { answer: 'yes' };
  const says = `${groupId} is ${states[0] ?? 'not associated'} with ${vpcId}, where a host holds it`;
  return maybe('vpc-association', groupId, says);
}

function acrossVpcs(reference: GroupReference, side: Side, localVpc: string, otherVpc: string, facts: NetworkFacts): ReferenceAnswer {
  const { groupId, userId, peeringStatus, vpcPeeringConnectionId: peering } = reference;
  if (peering === undefined) {
    // A transit gateway can carry references, but only those of ingress rules; whether this one does, no read of ours tells.
    // https://aws.amazon.com/blogs/networking-and-content-delivery/introducing-security-group-referencing-for-aws-transit-gateway
    if (side === 'egress') return { answer: 'no', says: `holds ${groupId} in ${otherVpc}, and no peering with ${localVpc} is named` };
    const says = `whether a transit gateway with security group referencing joins ${otherVpc} and ${localVpc} is not known`;
    return maybe('peering', groupId, `${says}; ${groupId} is held in the first and referred to in the second`);
  }
  if (peeringStatus === undefined) return maybe('peering', peering, `the status of peering connection ${peering} is not known`);
  if (peeringStatus !== 'active') return { answer: 'no', says: `holds ${groupId}, but peering connection ${peering} is ${peeringStatus}` };
  // EC2 leaves the account out when the group of the other VPC was deleted, whatever the status says.
  if (userId === undefined) return { answer: 'no', says: `holds ${groupId}, which the rule knows as deleted` };
  const group = itemOf(facts.groups, groupId);
  const home = reference.vpcId ?? (group?.ok && group.value.found ? group.value.vpcId : undefined);
  if (home === otherVpc) return { answer: 'yes' };
  const says = `peering connection ${peering} leads to ${home ?? 'a VPC that is not known'}, and ${groupId} is held in ${otherVpc}`;
  return maybe('peering', peering, says);
}
