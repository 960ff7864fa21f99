import { actions as caller } from '../aws/caller.ts';
import type { SliceName } from '../domain/inventory.ts';
import { actions as clusterNetwork } from './cluster-network.ts';
import { actionsOf, SLICES } from './slices.ts';

const distinct = (actions: readonly string[]): readonly string[] => [...new Set(actions)].sort();

/** The IAM actions that an audit takes whose rules need these slices: theirs, and those of every run. */
export const actionsFor = (needs: readonly SliceName[]): readonly string[] => distinct([...caller, ...actionsOf(needs)]);

/** What the deployed audit reads. */
export const AUDIT_ACTIONS: readonly string[] = actionsFor(SLICES.map(({ name }) => name));

/** The IAM actions that everything this program reads takes, audit and preflight alike. */
export const ALL_ACTIONS: readonly string[] = distinct([...AUDIT_ACTIONS, ...clusterNetwork]);
