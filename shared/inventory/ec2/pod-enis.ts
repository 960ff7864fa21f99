import type { EC2Client } from '@aws-sdk/client-ec2';
import { attempt } from '../../aws/attempt.ts';
import type { NetworkInterface } from '../../domain/inventory.ts';
import type { Read } from '../../domain/read.ts';
import { BRANCH_DESCRIPTION, CLUSTER_NAME_TAG, CLUSTER_TAG_PREFIX } from '../../domain/tags.ts';
import { defineSlice } from '../define.ts';
import { DESCRIBE_INTERFACES, readInterfaces } from './network-interface.ts';

// From so many on, one list of all is cheaper.
const MOST_NARROWED = 5;

/**
 * Branch interfaces of any status: those in use are pods. Where clusters are named, the server leaves out most of the others'; which
 * cluster an interface belongs to is told by its tags, in code.
 */
function collectPodEnis(ec2: EC2Client, clusters: readonly string[], clock: () => Date): Promise<Read<readonly NetworkInterface[]>> {
  return attempt({ action: DESCRIBE_INTERFACES, item: BRANCH_DESCRIPTION }, clock, async () => {
    const found = new Map<string, NetworkInterface>();
    const keys = [...clusters.map((name) => `${CLUSTER_TAG_PREFIX}${name}`), CLUSTER_NAME_TAG];
    const isNarrowed = clusters.length > 0 && clusters.length <= MOST_NARROWED;
    const byDescription = { Name: 'description', Values: [BRANCH_DESCRIPTION] };
    // One key in each call: not everything that answers as EC2 does takes several for alternatives.
    const reads = isNarrowed ? keys.map((key) => [byDescription, { Name: 'tag-key', Values: [key] }]) : [[byDescription]];
    for (const filters of reads) {
      await readInterfaces(ec2, filters, (interfaces) => {
        // By id: one that moves between pages while they are read is listed twice, and what it was last counts.
        for (const eni of interfaces) if (eni.description === BRANCH_DESCRIPTION) found.set(eni.id, eni);
      });
    }
    return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  });
}

export const podEnis = defineSlice({
  name: 'podEnis',
  reads: 'pods with security groups of their own',
  service: 'ec2',
  actions: [DESCRIBE_INTERFACES],
  read: ({ clients, clock, request }) => collectPodEnis(clients.ec2, request.clusters, clock),
});
