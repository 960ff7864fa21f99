import type { SliceName } from '../model/inventory.ts';
import { actions as availableEnis } from './available-enis.ts';
import { actions as caller } from './caller.ts';
import { actions as clusterNetwork, fargateActions as fargateProfiles } from './cluster-network.ts';
import { actions as nodes } from './cluster-nodes.ts';
import { actions as clusters } from './clusters.ts';
import { actions as cniAddons } from './cni-addon.ts';
import { actions as controlPlaneEnis } from './control-plane-enis.ts';
import { actions as fargateEnis } from './fargate-enis.ts';
import { actions as instances } from './instances.ts';
import { actions as pins } from './pins.ts';
import { actions as podEnis } from './pod-enis.ts';
import { actions as prefixLists } from './prefix-lists.ts';
import { actions as securityGroupRules } from './security-group-rules.ts';
import { actions as securityGroups } from './security-groups.ts';
import { actions as staleReferences } from './stale-references.ts';
import { actions as subnets } from './subnets.ts';
import { actions as trunks } from './trunks.ts';
import { actions as vpcAssociations } from './vpc-associations.ts';

/** The IAM actions that reading each slice takes. */
export const ACTIONS: Readonly<Record<SliceName, readonly string[]>> = {
  branchEnis: availableEnis,
  trunkEnis: availableEnis,
  clusters,
  trunks,
  instances,
  pins,
  absentees: trunks,
  podEnis,
  taggedGroups: securityGroups,
  podClusters: clusters,
  nodes,
  cniAddons,
  fargateProfiles,
  fargateEnis,
  controlPlaneEnis,
  securityGroups,
  securityGroupRules,
  referencedGroups: securityGroups,
  prefixLists,
  vpcAssociations,
  staleReferences,
  subnets,
  // Not read from AWS: the ledger's, and what the run knows of its own reads.
  sightings: [],
  coverage: [],
};

/** The IAM actions that an audit takes whose rules need these slices: theirs, and those of every run. */
export const actionsFor = (needs: readonly SliceName[]): readonly string[] =>
  [...new Set([...caller, ...needs.flatMap((slice) => ACTIONS[slice])])].sort();

/** The IAM actions that everything this program reads takes, audit and preflight alike. */
export const ALL_ACTIONS: readonly string[] = [...new Set([...Object.values(ACTIONS).flat(), ...caller, ...clusterNetwork])].sort();
