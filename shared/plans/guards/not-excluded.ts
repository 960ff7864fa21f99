import { clusterNamesOf, KEEP_TAG } from '../../domain/tags.ts';
import type { Guard } from '../deletion.ts';

/** What an operator said to keep: by a tag on the interface, or by the name of a cluster or VPC in the settings. */
const guard: Guard = {
  id: 'not-excluded',
  says: 'Neither the tag sgp-warden:keep (with any value) nor EXCLUDED_CLUSTERS nor EXCLUDED_VPCS names it.',
  judge: ({ eni }, { exclusions }) => {
    if (Object.hasOwn(eni.tags, KEEP_TAG)) return { allows: false, reason: `it carries the tag ${KEEP_TAG}` };
    const cluster = clusterNamesOf(eni.tags).find((name) => exclusions.clusters.includes(name));
    if (cluster !== undefined) return { allows: false, reason: `cluster ${cluster} is in EXCLUDED_CLUSTERS` };
    return exclusions.vpcs.includes(eni.vpcId) ? { allows: false, reason: `${eni.vpcId} is in EXCLUDED_VPCS` } : { allows: true };
  },
};
export default guard;
