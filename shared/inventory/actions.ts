import type { SliceName } from '../model/inventory.ts';
import { actions as availableEnis } from './available-enis.ts';
import { actions as caller } from './caller.ts';
import { actions as clusterNetwork } from './cluster-network.ts';
import { actions as clusters } from './clusters.ts';
import { actions as instances } from './instances.ts';
import { actions as pins } from './pins.ts';
import { actions as trunks } from './trunks.ts';

/** The IAM actions that reading each slice takes. */
export const ACTIONS: Readonly<Record<SliceName, readonly string[]>> = {
  branchEnis: availableEnis,
  trunkEnis: availableEnis,
  clusters,
  trunks,
  instances,
  pins,
  absentees: trunks,
  // Not read from AWS: the ledger's, and what the run knows of its own reads.
  sightings: [],
  coverage: [],
};

/** The IAM actions that an audit takes whose rules need these slices: theirs, and those of every run. */
export const actionsFor = (needs: readonly SliceName[]): readonly string[] =>
  [...new Set([...caller, ...needs.flatMap((slice) => ACTIONS[slice])])].sort();

/** The IAM actions that everything this program reads takes, audit and preflight alike. */
export const ALL_ACTIONS: readonly string[] = [...new Set([...Object.values(ACTIONS).flat(), ...caller, ...clusterNetwork])].sort();
