import { createHash } from 'node:crypto';
import type { NetworkInterface } from '../domain/inventory.ts';
import { CLUSTER_NAME_TAG, CLUSTER_TAG_PREFIX, OWNER_TAG } from '../domain/tags.ts';

// The controller's, the cluster's and our own tags. Other people's tags (cost, owner) may change without meaning anything.
const WATCHED_PREFIXES = [
  OWNER_TAG,
  CLUSTER_TAG_PREFIX,
  CLUSTER_NAME_TAG,
  'vpcresources.k8s.aws/',
  'node.k8s.amazonaws.com/',
  'sgp-warden:',
];

/** A short hash of what must not change between two sightings: status, groups, addresses, subnet and the watched tags. */
export function fingerprint(eni: NetworkInterface): string {
  const tags = Object.entries(eni.tags).filter(([key]) => WATCHED_PREFIXES.some((prefix) => key.startsWith(prefix)));
  const watched = {
    status: eni.status,
    subnetId: eni.subnetId,
    groups: eni.groups.map((group) => group.id).sort(),
    addresses: [...eni.privateIpAddresses, ...eni.ipv6Addresses, ...eni.prefixes].sort(),
    tags: tags.sort(([a], [b]) => (a < b ? -1 : 1)),
  };
  return createHash('sha256').update(JSON.stringify(watched)).digest('hex').slice(0, 24);
}
