import { awsError } from '../../aws-error.ts';
import { existing, type Place } from '../place.ts';
import type { Addon, Cluster } from '../state.ts';

/** `configuration` is written as JSON; `configurationValues` is taken as it is, whatever it says. */
export type GivenAddon = Partial<Addon> & { configuration?: object };

const withConfiguration = ({ configuration, ...given }: GivenAddon): Partial<Addon> =>
  configuration === undefined ? given : { ...given, configurationValues: JSON.stringify(configuration) };

/** Installs an add-on, e.g. `vpc-cni`, in a cluster whose own it was until then. */
export function installAddon(place: Place, clusterName: string, name: string, given: GivenAddon = {}): Addon {
  const cluster = existing(place.state.clusters, clusterName, 'cluster');
  const now = place.timeline.now().toISOString();
  const addon: Addon = {
    version: 'v1.21.1-eksbuild.1',
    status: 'ACTIVE',
    createdAt: now,
    modifiedAt: now,
    tags: {},
    ...withConfiguration(given),
    name,
  };
  cluster.addons[name] = addon;
  return addon;
}

const UPDATING_MINUTES = 2;

/** Changes an add-on: its configuration is told at once, and it is UPDATING for two minutes. */
export function updateAddon(place: Place, clusterName: string, name: string, given: GivenAddon = {}): Addon {
  const addon = addonOf(existing(place.state.clusters, clusterName, 'cluster'), name);
  if (addon.status === 'UPDATING') {
    throw awsError('ResourceInUseException', `Addon ${name} cannot be updated as it is currently in UPDATING state`, 409);
  }
  Object.assign(addon, withConfiguration(given), { status: 'UPDATING', modifiedAt: place.timeline.now().toISOString() });
  place.timeline.after(UPDATING_MINUTES, () => {
    if (addon.status === 'UPDATING') addon.status = 'ACTIVE';
  });
  return addon;
}

/** The add-on of a cluster; one that is self-managed does not exist for EKS. */
export function addonOf(cluster: Cluster, name: string): Addon {
  const addon = Object.hasOwn(cluster.addons, name) ? cluster.addons[name] : undefined;
  if (!addon) throw awsError('ResourceNotFoundException', `No addon: ${name} found in cluster: ${cluster.name}`, 404);
  return addon;
}
