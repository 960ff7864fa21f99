import type { CniAddonAnswer, EnforcingMode, PodCluster } from '../domain/cluster.ts';
import { describeFailure, type ItemReads, itemOf } from '../domain/read.ts';
import { ENFORCING_MODE_TAG } from '../domain/tags.ts';

/** How strictly a cluster's CNI takes pods' groups, and what says so. `assumed`: nothing does, and it is the CNI's own default. */
export interface ModeAnswer {
  mode: EnforcingMode | 'unknown';
  assumed: boolean;
  says: string;
}

/** The mode of a cluster: its tag, else the vpc-cni add-on's configuration, else the default. A read that failed leaves it unknown. */
export function enforcingModeOf({ name, tags }: PodCluster, addons: ItemReads<CniAddonAnswer>): ModeAnswer {
  const tag = tags[ENFORCING_MODE_TAG];
  if (tag === 'strict' || tag === 'standard') return { mode: tag, assumed: false, says: `${tag}: the cluster's tag ${ENFORCING_MODE_TAG}` };
  if (tag !== undefined) {
    const says = `the tag ${ENFORCING_MODE_TAG} of ${name} says ${JSON.stringify(tag)}; write strict or standard`;
    return { mode: 'unknown', assumed: false, says };
  }
  const read = itemOf(addons, name);
  const settle = `the tag ${ENFORCING_MODE_TAG} on the cluster would settle it`;
  if (!read?.ok) {
    const reason = read ? describeFailure(read.reason) : `the add-on vpc-cni of ${name} was not asked for`;
    return { mode: 'unknown', assumed: false, says: `${reason}; ${settle}` };
  }
  if (!read.value.found) {
    return {
      mode: 'strict',
      assumed: true,
      says: `strict, assumed: the CNI of ${name} is no EKS add-on, so its mode cannot be read; ${settle}`,
    };
  }
  const { enforcingMode } = read.value;
  if (enforcingMode) return { mode: enforcingMode, assumed: false, says: `${enforcingMode}: the configuration of the add-on vpc-cni` };
  return { mode: 'strict', assumed: false, says: 'strict: the add-on vpc-cni is configured to nothing else' };
}
