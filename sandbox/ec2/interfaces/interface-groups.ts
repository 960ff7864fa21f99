import { awsError } from '../../aws-error.ts';
import type { RegionState } from '../../world/state.ts';
import { isUsableIn } from '../groups/references.ts';
import { foundAll, SECURITY_GROUP } from '../kinds.ts';

const GROUPS_PER_INTERFACE = 5;

/** Refuses groups that an interface in this VPC cannot have. */
export function checkGroupsOf(vpcId: string, groups: readonly string[], state: RegionState): void {
  if (foundAll(SECURITY_GROUP, groups, state.securityGroups).some((group) => !isUsableIn(group, vpcId, state))) {
    throw awsError('InvalidParameterValue', 'You have specified two resources that belong to different networks.');
  }
  if (new Set(groups).size > GROUPS_PER_INTERFACE) {
    throw awsError('SecurityGroupsPerInterfaceLimitExceeded', 'The maximum number of security groups per interface has been reached.');
  }
}
