import { awsError } from '../aws-error.ts';
import { required } from '../query/params.ts';
import type { NetworkInterface, RegionState } from '../world/state.ts';
import type { Ec2Action } from './action.ts';
import { found, type Kind, NETWORK_INTERFACE, SECURITY_GROUP, SUBNET, VPC } from './kinds.ts';

/** Refuses to touch what belongs to another account, which a shared VPC shows all the same. */
export function checkOwner(ownerId: string, accountId: string): void {
  if (ownerId !== accountId) throw awsError('AuthFailure', 'You do not have permission to access the specified resource.', 403);
}

function checkDeletable(eni: NetworkInterface): void {
  if (eni.operator?.managed) {
    throw awsError(
      'OperationNotPermitted',
      `The networkInterface '${eni.id}' is managed by ${eni.operator.principal ?? 'a service'} and cannot be deleted.`,
    );
  }
  // What a service left behind and detached may be deleted: EC2 user guide, "Requester-managed network interfaces".
  if (eni.requesterManaged && eni.status !== 'available') {
    throw awsError('OperationNotPermitted', `You are not allowed to manage '${eni.attachment?.id ?? eni.id}' attachments.`);
  }
  // A branch that serves a pod has no attachment, and EC2 deletes it without a word.
  if (eni.attachment) throw awsError('InvalidParameterValue', `Network interface '${eni.id}' is currently in use.`);
}

export const deleteNetworkInterface: Ec2Action = {
  mutating: true,
  parameters: ['NetworkInterfaceId'],
  run: (params, { world, accountId, harmed }) => {
    const eni = found(NETWORK_INTERFACE, required(params, 'NetworkInterfaceId'), world.state.interfaces);
    checkOwner(eni.ownerId, accountId);
    checkDeletable(eni);
    const pod = world.podOf(eni.id);
    if (pod) harmed(eni.id, pod);
    world.removeInterface(eni.id);
    return { return: true };
  },
};

interface Deleted {
  parameter: string;
  kind: Kind;
  all: (state: RegionState) => Map<string, { id: string; ownerId: string }>;
  /** Throws for what can never be deleted. */
  check?: (id: string, state: RegionState) => void;
  /** The answer says which id it was. */
  namesId?: boolean;
  isHeld: (id: string, state: RegionState) => boolean;
  dependencyMessage: (id: string) => string;
}

const deletion = ({ parameter, kind, all, check, namesId = false, isHeld, dependencyMessage }: Deleted): Ec2Action => ({
  mutating: true,
  parameters: [parameter],
  run: (params, { world: { state }, accountId }) => {
    const { id, ownerId } = found(kind, required(params, parameter), all(state));
    checkOwner(ownerId, accountId);
    check?.(id, state);
    if (isHeld(id, state)) throw awsError('DependencyViolation', dependencyMessage(id));
    all(state).delete(id);
    return { return: true, ...(namesId ? { groupId: id } : {}) };
  },
});

const some = <T>(map: ReadonlyMap<string, T>, test: (item: T) => boolean): boolean => [...map.values()].some(test);

export const deleteSecurityGroup = deletion({
  parameter: 'GroupId',
  kind: SECURITY_GROUP,
  all: ({ securityGroups }) => securityGroups,
  namesId: true,
  check: (id, { securityGroups }) => {
    if (securityGroups.get(id)?.name === 'default') {
      throw awsError('CannotDelete', `the specified group: "${id}" name: "default" cannot be deleted by a user`);
    }
  },
  // A reference over a peering does not hold a group: it becomes stale.
  isHeld: (id, { interfaces, securityGroups, vpcAssociations }) =>
    some(interfaces, ({ groups }) => groups.includes(id)) ||
    some(vpcAssociations, ({ groupId }) => groupId === id) ||
    some(
      securityGroups,
      (group) =>
        group.id !== id && group.rules.some(({ referencedGroup: to }) => to?.groupId === id && to.vpcPeeringConnectionId === undefined),
    ),
  dependencyMessage: (id) => `resource ${id} has a dependent object`,
});

export const deleteSubnet = deletion({
  parameter: 'SubnetId',
  kind: SUBNET,
  all: ({ subnets }) => subnets,
  isHeld: (id, { interfaces }) => some(interfaces, ({ subnetId }) => subnetId === id),
  dependencyMessage: (id) => `The subnet '${id}' has dependencies and cannot be deleted.`,
});

const vpcDeletion = deletion({
  parameter: 'VpcId',
  kind: VPC,
  all: ({ vpcs }) => vpcs,
  isHeld: (id, { interfaces, subnets, securityGroups }) =>
    some(interfaces, ({ vpcId }) => vpcId === id) ||
    some(subnets, ({ vpcId }) => vpcId === id) ||
    some(securityGroups, ({ vpcId, name }) => vpcId === id && name !== 'default'),
  dependencyMessage: (id) => `The vpc '${id}' has dependencies and cannot be deleted.`,
});

export const deleteVpc: Ec2Action = {
  ...vpcDeletion,
  run: (params, context) => {
    const result = vpcDeletion.run(params, context);
    const { securityGroups } = context.world.state;
    for (const group of securityGroups.values()) if (group.vpcId === params.VpcId) securityGroups.delete(group.id);
    return result;
  },
};
