import { PATH_EVIDENCE } from '../../domain/evidence/paths.ts';
import { corednsEnd, corednsGroups } from '../../paths/coredns.ts';
import { bothEnds, compileEnd, counterpart, onceEach } from '../../paths/ends.ts';
import { factsOf } from '../../paths/facts.ts';
import { podEnd } from '../../paths/hosts.ts';
import { type Asked, judgePaths } from '../../paths/judge-paths.ts';
import type { LiveSet } from '../../paths/judge-sets.ts';
import { podSets } from '../../paths/pod-sets.ts';
import { defineRule } from '../define.ts';

const PROTOCOLS = ['udp', 'tcp'] as const;

export default defineRule({
  meta: {
    id: 'dns-path-blocked',
    title: 'Pods whose security groups do not let them reach CoreDNS',
    severity: 'critical',
    states: ['blocked', 'partly-open'],
    why: 'A pod with security groups of its own resolves no name unless they let UDP and TCP 53 out to CoreDNS and the groups of CoreDNS let both in; it starts, and everything that it calls times out.',
    remedy: 'Add the missing rules: egress on the side of the pods, ingress on the side of CoreDNS.',
  },
  topic: 'paths',
  path: 'dns',
  evidence: PATH_EVIDENCE,
  needs: [
    'podEnis',
    'taggedGroups',
    'podClusters',
    'nodes',
    'fargateProfiles',
    'fargateEnis',
    'subnets',
    'securityGroups',
    'securityGroupRules',
    'vpcAssociations',
    'prefixLists',
  ],
  evaluate: (slices, { target, corednsSecurityGroups }) => {
    const corednsOf = onceEach((cluster: LiveSet['cluster']) => compileEnd(corednsEnd(cluster, slices, corednsSecurityGroups)));
    const ask = ({ set, cluster }: LiveSet): Asked => {
      const both = bothEnds(compileEnd(podEnd(set, cluster, slices)), corednsOf(cluster));
      if ('settled' in both) return both;
      const [from, to] = both.ends;
      const needed = (protocol: (typeof PROTOCOLS)[number]) => ({
        label: `${protocol} 53 to ${to.endpoint.label}`,
        protocol,
        port: 53,
        path: { from, to, traffic: { protocol, port: 53, family: cluster.ipFamily } },
      });
      const own = corednsGroups(cluster, slices, corednsSecurityGroups).find((id) => set.groupIds.includes(id));
      const doubt = own && `they hold ${own}, as CoreDNS does: if they are CoreDNS itself, they need no such path`;
      return { paths: PROTOCOLS.map(needed), evidence: { counterpart: counterpart(to) }, doubt };
    };
    const facts = factsOf(slices);
    return judgePaths(podSets(slices, target.accountId), {
      facts,
      region: target.region,
      loses: 'cannot resolve names',
      keeps: 'resolve names between some hosts only',
      partly: 'medium',
      ask,
    });
  },
});
