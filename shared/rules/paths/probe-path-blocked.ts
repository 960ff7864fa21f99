import { PATH_EVIDENCE } from '../../domain/evidence/paths.ts';
import { evaluatePorts } from '../../network/open-ports.ts';
import { anyPort } from '../../paths/any-port.ts';
import { bothEnds, compileEnd, counterpart, onceEach } from '../../paths/ends.ts';
import { enforcingModeOf } from '../../paths/enforcing-mode.ts';
import { factsOf } from '../../paths/facts.ts';
import { kubeletEnd, podEnd } from '../../paths/hosts.ts';
import { type Asked, judgePaths } from '../../paths/judge-paths.ts';
import type { LiveSet } from '../../paths/judge-sets.ts';
import { podSets } from '../../paths/pod-sets.ts';
import { probePortsOf } from '../../paths/probe-ports.ts';
import { noKnownPort } from '../../paths/unknown-port.ts';
import { defineRule } from '../define.ts';

export default defineRule({
  meta: {
    id: 'probe-path-blocked',
    title: 'Pods whose security groups do not let the kubelet probe them',
    severity: 'high',
    states: ['blocked', 'partly-open'],
    why: 'In strict mode the kubelet reaches a pod only through its security groups: where they do not let the node in, TCP and HTTP probes fail and healthy pods are restarted or never become ready.',
    remedy: 'Let the nodes in on the ports that are probed.',
  },
  topic: 'paths',
  path: 'probe',
  evidence: PATH_EVIDENCE,
  needs: [
    'podEnis',
    'taggedGroups',
    'podClusters',
    'cniAddons',
    'nodes',
    'subnets',
    'securityGroups',
    'securityGroupRules',
    'vpcAssociations',
    'prefixLists',
  ],
  evaluate: (slices, { target, probePorts }) => {
    const facts = factsOf(slices);
    const modeOf = onceEach((cluster: LiveSet['cluster']) => enforcingModeOf(cluster, slices.cniAddons));
    const kubeletsOf = onceEach((cluster: LiveSet['cluster']) => compileEnd(kubeletEnd(cluster, slices)));
    const ask = ({ set, cluster }: LiveSet): Asked => {
      const mode = modeOf(cluster);
      const evidence = { mode };
      if (mode.mode === 'standard') {
        const summary = `the kubelet needs no rule: ${cluster.name} is in standard mode (${mode.says})`;
        return { settled: { verdict: 'not-applicable', summary, evidence } };
      }
      if (mode.mode === 'unknown') return { settled: { verdict: 'unknown', summary: mode.says, evidence } };
      const both = bothEnds(kubeletsOf(cluster), compileEnd(podEnd(set, cluster, slices)));
      if ('settled' in both) return both;
      const told = probePortsOf(set, slices.securityGroups, probePorts);
      if ('unknown' in told) return { settled: { verdict: 'unknown', summary: told.unknown, evidence } };
      const [from, to] = both.ends;
      const family = cluster.ipFamily;
      const note = mode.assumed ? 'strict mode is assumed' : undefined;
      if (told.ports.length === 0) {
        const any = anyPort(evaluatePorts(facts, { from, to, protocol: 'tcp', family }));
        return {
          settled: noKnownPort(
            any,
            { set, cluster },
            { evidence: { ...evidence, counterpart: counterpart(from) }, region: target.region, note },
          ),
        };
      }
      const needed = (port: number) => ({
        label: `tcp ${port} from ${from.endpoint.label}`,
        protocol: 'tcp' as const,
        port,
        path: { from, to, traffic: { protocol: 'tcp', port, family } },
      });
      return { paths: told.ports.map(needed), evidence: { ...evidence, probePorts: told, counterpart: counterpart(from) }, note };
    };
    return judgePaths(podSets(slices, target.accountId), {
      facts,
      region: target.region,
      loses: 'cannot be probed by the kubelet',
      keeps: 'can be probed by the kubelets of some nodes only',
      partly: 'medium',
      ask,
    });
  },
});
