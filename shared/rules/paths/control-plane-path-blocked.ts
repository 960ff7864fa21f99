import { PATH_EVIDENCE } from '../../domain/evidence/paths.ts';
import { bothEnds, compileEnd, counterpart, onceEach } from '../../paths/ends.ts';
import { factsOf } from '../../paths/facts.ts';
import { controlPlaneEnd, enisEnd, fargateSets } from '../../paths/fargate.ts';
import { type Asked, judgePaths } from '../../paths/judge-paths.ts';
import type { LiveSet } from '../../paths/judge-sets.ts';
import { defineRule } from '../define.ts';

export default defineRule({
  meta: {
    id: 'control-plane-path-blocked',
    title: 'Fargate pods that their control plane cannot reach',
    severity: 'critical',
    states: ['blocked', 'partly-open'],
    why: 'On Fargate a pod brings its own kubelet: its security groups must let TCP 443 out to the control plane, and TCP 10250 in from it, or the pod never becomes a node.',
    remedy: 'Add the cluster security group to the SecurityGroupPolicy, or the two rules.',
  },
  topic: 'paths',
  path: 'control-plane',
  evidence: PATH_EVIDENCE,
  needs: [
    'podEnis',
    'taggedGroups',
    'podClusters',
    'fargateProfiles',
    'fargateEnis',
    'controlPlaneEnis',
    'subnets',
    'securityGroups',
    'securityGroupRules',
    'vpcAssociations',
    'prefixLists',
  ],
  evaluate: (slices, { target }) => {
    const controlPlaneOf = onceEach((cluster: LiveSet['cluster']) => compileEnd(controlPlaneEnd(cluster, slices)));
    const ask = ({ set, cluster }: LiveSet): Asked => {
      if (set.enis.length === 0) {
        const summary = `no pod on Fargate of ${cluster.name} has ${set.id}`;
        return { settled: { verdict: 'not-applicable', summary, evidence: {} } };
      }
      const both = bothEnds(compileEnd(enisEnd(set, cluster, slices.subnets)), controlPlaneOf(cluster));
      if ('settled' in both) return both;
      const [pods, controlPlane] = both.ends;
      const tcp = (port: number) => ({ protocol: 'tcp', port, family: cluster.ipFamily });
      const out = { label: `tcp 443 to ${controlPlane.endpoint.label}`, path: { from: pods, to: controlPlane, traffic: tcp(443) } };
      const back = { label: `tcp 10250 from ${controlPlane.endpoint.label}`, path: { from: controlPlane, to: pods, traffic: tcp(10_250) } };
      return {
        paths: [
          { ...out, protocol: 'tcp', port: 443 },
          { ...back, protocol: 'tcp', port: 10_250 },
        ],
        evidence: { counterpart: counterpart(controlPlane) },
      };
    };
    return judgePaths(fargateSets(slices, target.accountId), {
      facts: factsOf(slices),
      region: target.region,
      loses: 'cannot work with their control plane',
      keeps: 'reach their control plane only in part',
      partly: 'medium',
      ask,
    });
  },
});
