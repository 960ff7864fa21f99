import type { Params } from '../http/param.ts';
import type { CallContext } from '../http/service.ts';
import { describeAddon, listAddons, updateAddon } from './addons.ts';
import { createCluster, deleteCluster, describeCluster, listClusters } from './clusters.ts';
import { describeFargateProfile, listFargateProfiles } from './fargate-profiles.ts';
import { describeNodegroup, listNodegroups } from './nodegroups.ts';

export interface EksOperation {
  method: string;
  path: RegExp;
  mutating: boolean;
  run(params: Params, context: CallContext): unknown;
}

const read = (path: RegExp, run: EksOperation['run']): EksOperation => ({ method: 'GET', path, mutating: false, run });

/** By action. Path groups are the names that CloudTrail gives the parameters. */
export const OPERATIONS: Readonly<Record<string, EksOperation>> = {
  ListClusters: read(/^\/clusters$/, listClusters),
  CreateCluster: { method: 'POST', path: /^\/clusters$/, mutating: true, run: createCluster },
  DescribeCluster: read(/^\/clusters\/(?<name>[^/]+)$/, describeCluster),
  DeleteCluster: { method: 'DELETE', path: /^\/clusters\/(?<name>[^/]+)$/, mutating: true, run: deleteCluster },
  ListNodegroups: read(/^\/clusters\/(?<name>[^/]+)\/node-groups$/, listNodegroups),
  DescribeNodegroup: read(/^\/clusters\/(?<name>[^/]+)\/node-groups\/(?<nodegroupName>[^/]+)$/, describeNodegroup),
  ListFargateProfiles: read(/^\/clusters\/(?<name>[^/]+)\/fargate-profiles$/, listFargateProfiles),
  DescribeFargateProfile: read(/^\/clusters\/(?<name>[^/]+)\/fargate-profiles\/(?<fargateProfileName>[^/]+)$/, describeFargateProfile),
  ListAddons: read(/^\/clusters\/(?<name>[^/]+)\/addons$/, listAddons),
  DescribeAddon: read(/^\/clusters\/(?<name>[^/]+)\/addons\/(?<addonName>[^/]+)$/, describeAddon),
  UpdateAddon: {
    method: 'POST',
    path: /^\/clusters\/(?<name>[^/]+)\/addons\/(?<addonName>[^/]+)\/update$/,
    mutating: true,
    run: updateAddon,
  },
};
