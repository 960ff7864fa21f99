import type { Slices } from '../domain/inventory.ts';
import { describeFailure, itemOf } from '../domain/read.ts';
import { PROBE_PORTS_TAG } from '../domain/tags.ts';
import type { PodSet } from './pod-sets.ts';

/** The ports that the kubelet probes on the pods of a set; empty: nobody told. Or why what was told cannot be used. */
export type ProbePorts = { ports: readonly number[]; says: string } | { unknown: string };

const PORT = /^\d{1,5}$/;
const isPort = (text: string): boolean => PORT.test(text) && Number(text) >= 1 && Number(text) <= 65_535;

/** From the tags of its groups, all of them together, or else from PROBE_PORTS. */
export function probePortsOf(set: PodSet, groups: Slices['securityGroups'], configured: readonly number[]): ProbePorts {
  const told: string[] = [];
  for (const id of set.groupIds) {
    const read = itemOf(groups, id);
    // A group whose tags could not be read may say more than the others.
    if (!read?.ok) return { unknown: read ? describeFailure(read.reason) : `${id} was not asked for` };
    if (!read.value.found) return { unknown: `EC2 knows no group ${id}, yet pods hold it: look again` };
    const value = read.value.tags[PROBE_PORTS_TAG];
    const ports = value?.split(/[\s,;+/]+/).filter(Boolean) ?? [];
    if (value !== undefined && (ports.length === 0 || !ports.every(isPort))) {
      return {
        unknown: `the tag ${PROBE_PORTS_TAG} of ${id} says ${JSON.stringify(value)}; write ports from 1 to 65535, separated by spaces`,
      };
    }
    told.push(...ports);
  }
  const sorted = (ports: readonly number[]) => [...new Set(ports)].sort((a, b) => a - b);
  if (told.length > 0) return { ports: sorted(told.map(Number)), says: `the tag ${PROBE_PORTS_TAG} of its groups` };
  return { ports: sorted(configured), says: configured.length > 0 ? 'PROBE_PORTS' : 'not configured' };
}
