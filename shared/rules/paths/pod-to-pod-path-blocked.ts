import { PATH_EVIDENCE } from '../../domain/evidence/paths.ts';
import { evaluate } from '../../network/evaluate.ts';
import { evaluatePorts } from '../../network/open-ports.ts';
import { anyPort } from '../../paths/any-port.ts';
import { compileEnd } from '../../paths/ends.ts';
import { cellOf, proofEvidence, setLabel } from '../../paths/evidence.ts';
import { factsOf } from '../../paths/facts.ts';
import { podEnd } from '../../paths/hosts.ts';
import { judgeSets, type LiveSet, type SetVerdict } from '../../paths/judge-sets.ts';
import { podSets } from '../../paths/pod-sets.ts';
import { defineRule } from '../define.ts';

const PROTOCOLS = ['tcp', 'udp'] as const;
// Which ports pods serve, no AWS call tells: this one is only an example of what fails.
const EXAMPLE = 443;

export default defineRule({
  meta: {
    id: 'pod-to-pod-path-blocked',
    title: 'Pods that cannot reach others of their own security groups',
    severity: 'low',
    states: ['blocked'],
    why: 'Members of a security group reach one another only where a rule says so: replicas that form a cluster, or call one another through a Service, wait for ever. Isolation may be meant.',
    remedy: 'If these pods must talk to one another, let the group in from itself on their ports.',
  },
  topic: 'paths',
  path: 'pod-to-pod',
  evidence: PATH_EVIDENCE,
  needs: [
    'podEnis',
    'taggedGroups',
    'podClusters',
    'nodes',
    'subnets',
    'securityGroups',
    'securityGroupRules',
    'vpcAssociations',
    'prefixLists',
  ],
  evaluate: (slices, { target }) => {
    const facts = factsOf(slices);
    return judgeSets(podSets(slices, target.accountId), ({ set, cluster }: LiveSet): SetVerdict => {
      const who = `pods of ${cluster.name} with ${setLabel(set)}`;
      const pods = compileEnd(podEnd(set, cluster, slices));
      if ('unknown' in pods) return { verdict: 'unknown', summary: pods.unknown, evidence: {} };
      const ends = { from: pods.end, to: pods.end };
      const all = PROTOCOLS.map((protocol) => ({
        protocol,
        ...anyPort(evaluatePorts(facts, { ...ends, protocol, family: cluster.ipFamily })),
      }));
      const open = all.filter((each) => each.open !== '');
      const isBlocked = all.every(({ outcome }) => outcome === 'blocked');
      const outcome = isBlocked ? 'blocked' : open.length > 0 ? 'open' : 'unknown';
      const proof = evaluate(facts, { ...ends, traffic: { protocol: 'tcp', port: EXAMPLE, family: cluster.ipFamily } });
      const evidence = {
        openPorts: Object.fromEntries(all.map((each) => [each.protocol, each.open])),
        paths: all.map((each) =>
          cellOf({ outcome: each.outcome === 'mixed' ? outcome : each.outcome, blockedBy: proof.blockedBy }, each.protocol, 'any'),
        ),
        proofs: [proofEvidence(proof)],
      };
      if (isBlocked) {
        return {
          verdict: 'fail',
          state: 'blocked',
          summary: `${who} cannot reach one another`,
          details: 'no TCP or UDP port is open between them',
          evidence,
          remedy: {
            summary: `If they must, let ${set.groupIds[0]} out to and in from itself on their ports; if they must not, nothing is to be done.`,
            commands: [],
          },
          meaning: 'blocked',
          // Every new group is like this until somebody opens it, and most of them stay so on purpose: it is listed, and wakes nobody.
          quiet: true,
        };
      }
      if (outcome === 'unknown') {
        const reasons = proof.unsettled.map(({ says }) => says).slice(0, 3);
        return {
          verdict: 'unknown',
          summary: `whether ${who} reach one another: ${reasons.join('; ') || 'not all of it could be read'}`,
          evidence,
        };
      }
      const ports = open.map((each) => `${each.protocol} ${each.open}`).join(', ');
      return { verdict: 'pass', summary: `${who} reach one another on ${ports}`, evidence };
    });
  },
});
