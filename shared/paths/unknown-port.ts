import { PROBE_PORTS_TAG } from '../domain/tags.ts';
import type { AnyPort } from './any-port.ts';
import { cellOf, type SetEvidence, setLabel } from './evidence.ts';
import type { LiveSet, SetVerdict } from './judge-sets.ts';

interface Told {
  evidence: SetEvidence;
  region: string;
  note: string | undefined;
}

/** The verdict on probes of which nobody told the port: certain only where all ports agree. */
export function noKnownPort({ outcome, open }: AnyPort, { set, cluster }: LiveSet, { evidence, region, note }: Told): SetVerdict {
  const who = `pods of ${cluster.name} with ${setLabel(set)}`;
  const cell = (known: 'open' | 'blocked' | 'unknown') => ({
    ...evidence,
    openPorts: { tcp: open },
    paths: [cellOf({ outcome: known, blockedBy: [] }, 'tcp', 'any')],
  });
  const tell = `aws ec2 create-tags --region ${region} --resources ${set.groupIds[0]} --tags 'Key=${PROBE_PORTS_TAG},Value=8080 9090'`;
  const settle = `tag a group of theirs with the ports that are probed (${PROBE_PORTS_TAG}), or set PROBE_PORTS`;
  if (outcome === 'blocked') {
    return {
      verdict: 'fail',
      state: 'blocked',
      summary: `${who} cannot be probed by the kubelet`,
      details: `no TCP port at all lets the nodes in${note ? ` (${note})` : ''}`,
      evidence: cell('blocked'),
      remedy: {
        summary: `Say which ports are probed, and the next audit prints the exact rule: ${settle}. Pods with exec probes only need none.`,
        commands: [tell],
      },
      meaning: 'tcp any blocked',
    };
  }
  if (outcome === 'open') return { verdict: 'pass', summary: `every TCP port of ${who} is open to the kubelet`, evidence: cell('open') };
  const known = open ? `TCP ${open} of ${who} is open to nodes` : `which TCP ports of ${who} are open to the kubelet could not be read`;
  return { verdict: 'unknown', summary: `${known}; whether probes use these ports is not known: ${settle}`, evidence: cell('unknown') };
}
