import type { Timeline } from '../clock.ts';
import { createIds } from './place.ts';
import { createRegionWorld, type RegionWorld } from './region-world.ts';
import { emptyRegion, type RegionState } from './state.ts';

/** All regions as they were at one moment. */
export interface Snapshot {
  at: Date;
  regions: ReadonlyMap<string, RegionState>;
}

export interface Account {
  world(region: string): RegionWorld;
  snapshot(): Snapshot;
}

export interface AccountSettings {
  accountId: string;
  endpoint: () => string;
  clusterDeletionMinutes: number;
  releasedBranchType: string;
}

/** An account whose regions come into being as they are first looked at. */
export function createAccount(timeline: Timeline, settings: AccountSettings): Account {
  const worlds = new Map<string, RegionWorld>();
  return {
    world: (region) => {
      const known = worlds.get(region);
      if (known) return known;
      const world = createRegionWorld({
        state: emptyRegion(region),
        timeline,
        newId: createIds(`${settings.accountId}/${region}`),
        ...settings,
      });
      worlds.set(region, world);
      return world;
    },
    snapshot: () => ({
      at: timeline.now(),
      regions: new Map([...worlds].map(([region, { state }]) => [region, structuredClone(state)])),
    }),
  };
}
