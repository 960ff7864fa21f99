import type { SliceName } from '../domain/inventory.ts';
import type { AnySlice } from './define.ts';
import { branchEnis, trunkEnis } from './ec2/available-enis.ts';
import { controlPlaneEnis } from './ec2/control-plane-enis.ts';
import { fargateEnis } from './ec2/fargate-enis.ts';
import { instances } from './ec2/instances.ts';
import { absentees, trunks } from './ec2/interfaces-by-id.ts';
import { nodes } from './ec2/nodes.ts';
import { pins } from './ec2/pins.ts';
import { podEnis } from './ec2/pod-enis.ts';
import { prefixLists } from './ec2/prefix-lists.ts';
import { securityGroupRules } from './ec2/security-group-rules.ts';
import { referencedGroups, securityGroups, taggedGroups } from './ec2/security-groups.ts';
import { staleReferences } from './ec2/stale-references.ts';
import { subnets } from './ec2/subnets.ts';
import { vpcAssociations } from './ec2/vpc-associations.ts';
import { clusters, podClusters } from './eks/clusters.ts';
import { cniAddons } from './eks/cni-addons.ts';
import { fargateProfiles } from './eks/fargate-profiles.ts';

/** Every slice that is read from AWS, in the order of reading as far as `after` and `beside` leave it open. */
export const SLICES: readonly AnySlice[] = [
  branchEnis,
  trunkEnis,
  clusters,
  trunks,
  instances,
  pins,
  absentees,
  podEnis,
  taggedGroups,
  podClusters,
  fargateProfiles,
  nodes,
  cniAddons,
  fargateEnis,
  controlPlaneEnis,
  securityGroups,
  securityGroupRules,
  referencedGroups,
  prefixLists,
  vpcAssociations,
  staleReferences,
  subnets,
];

const sliceOf = (name: SliceName): AnySlice | undefined => SLICES.find((each) => each.name === name);

/** Whether a slice is read of some clusters only, where an audit is narrowed to them: it is, or follows from, the list of pods. */
export function isNarrowed(name: string): boolean {
  const slice = SLICES.find((each) => each.name === name);
  if (!slice) return false;
  return slice.name === 'podEnis' || [...slice.after, ...slice.beside].some(isNarrowed);
}

/** The IAM actions that reading some slices takes. */
export const actionsOf = (names: readonly SliceName[]): readonly string[] => names.flatMap((name) => sliceOf(name)?.actions ?? []);
