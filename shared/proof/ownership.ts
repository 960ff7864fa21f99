import type { NetworkInterface } from '../domain/inventory.ts';
import { BRANCH_DESCRIPTION, OWNER_TAG, OWNER_VALUE, TRUNK_DESCRIPTION } from '../domain/tags.ts';
import type { ProofPoint } from '../domain/verdict.ts';

/** Point 1: the VPC resource controller made it (description and owner tag). */
export function controllerOwned(eni: NetworkInterface): ProofPoint {
  const owner = eni.tags[OWNER_TAG];
  const described = eni.description === BRANCH_DESCRIPTION || eni.description === TRUNK_DESCRIPTION;
  return {
    point: 'controller-owned',
    outcome: described && owner === OWNER_VALUE ? 'holds' : 'fails',
    says: `description is ${eni.description || 'empty'}; tag ${OWNER_TAG} is ${owner ?? 'absent'}`,
  };
}

/** Point 1: it belongs to the audited account. In a shared VPC the owner sees participants' interfaces, but not their clusters. */
export function ownAccount(eni: NetworkInterface, accountId: string): ProofPoint {
  const says = `owner is ${eni.ownerId || 'not stated'}, the audited account is ${accountId}`;
  return { point: 'own-account', outcome: eni.ownerId === accountId ? 'holds' : 'fails', says };
}

/** Point 2: EC2 lists it as available. A missing attachment is no evidence (live branch interfaces carry none); one that is there is. */
export function statusAvailable(eni: NetworkInterface): ProofPoint {
  const point = 'status-available';
  if (eni.status !== 'available') return { point, outcome: 'fails', says: `status is ${eni.status || 'not stated'}` };
  if (eni.attachment === undefined) return { point, outcome: 'holds', says: 'status is available' };
  const holder = eni.attachment.instanceId ?? 'something';
  return { point, outcome: 'undecidable', says: `status is available, and yet it is attached to ${holder} (${eni.attachment.status})` };
}

/** Point 2: no AWS service operates or requested it. */
export function notManaged(eni: NetworkInterface): ProofPoint {
  if (eni.operator !== undefined) return { point: 'not-managed', outcome: 'fails', says: `operated by ${eni.operator}` };
  if (eni.requesterManaged === undefined) {
    return { point: 'not-managed', outcome: 'undecidable', says: 'EC2 did not say whether it is requester-managed' };
  }
  return eni.requesterManaged
    ? { point: 'not-managed', outcome: 'fails', says: 'requester-managed' }
    : { point: 'not-managed', outcome: 'holds', says: 'neither requester-managed nor operated by an AWS service' };
}
