import type { EC2Client } from '@aws-sdk/client-ec2';
import { filterBatches } from '../../aws/pages.ts';
import { clusterNamesOf, isClusterName, TRUNK_DESCRIPTION } from '../../domain/tags.ts';
import { readInterfaces } from './network-interface.ts';
import { clustersOf, readInstances } from './nodes.ts';

// The state or the description goes along as a second filter.
const BATCH = 150;

/** By instance id, the clusters whose node it is: by its tags, or else by those of the trunk that hangs on it. None: it is nobody's node. */
export async function collectInstanceClusters(ec2: EC2Client, instanceIds: readonly string[]): Promise<Map<string, readonly string[]>> {
  const clusters = new Map<string, readonly string[]>();
  for (const ids of filterBatches(instanceIds, BATCH)) {
    await readInstances(ec2, { Name: 'instance-id', Values: ids }, (instance) => {
      const names = clustersOf(instance).filter(isClusterName);
      if (names.length > 0) clusters.set(instance.InstanceId, names);
    });
  }
  const untagged = instanceIds.filter((id) => !clusters.has(id));
  for (const ids of filterBatches(untagged, BATCH)) {
    const trunks = [
      { Name: 'description', Values: [TRUNK_DESCRIPTION] },
      { Name: 'attachment.instance-id', Values: ids },
    ];
    await readInterfaces(ec2, trunks, (page) => {
      for (const { attachment, tags } of page)
        if (attachment?.instanceId) clusters.set(attachment.instanceId, clusterNamesOf(tags).filter(isClusterName));
    });
  }
  return clusters;
}
