import type { ClusterAnswer, NetworkInterface } from '../domain/inventory.ts';
import { describeFailure, type ItemReads, itemOf } from '../domain/read.ts';
import { clusterNamesOf, isClusterName, isVpcId } from '../domain/tags.ts';
import type { ProofPoint } from '../domain/verdict.ts';

/** What became of one cluster that an interface names, as far as that interface is concerned. */
export interface ClusterFate {
  name: string;
  fate: 'gone' | 'alive' | 'deleting' | 'impossible' | 'unread';
  says: string;
}

function fateOf(name: string, eni: NetworkInterface, clusters: ItemReads<ClusterAnswer>): ClusterFate {
  if (!isClusterName(name)) return { name, fate: 'impossible', says: `no cluster can have the name ${JSON.stringify(name)}` };
  const read = itemOf(clusters, name);
  if (!read) return { name, fate: 'unread', says: `cluster ${name} was not asked for` };
  if (!read.ok) return { name, fate: 'unread', says: describeFailure(read.reason) };
  const answer = read.value;
  if (!answer.found) return { name, fate: 'gone', says: `cluster ${name}: DescribeCluster answered ResourceNotFoundException` };
  // Tags name a cluster by name only. A cluster of that name in another VPC is a different one; where either VPC is not
  // known the two count as the same, because then the interface may be a live cluster's.
  if (isVpcId(answer.vpcId) && isVpcId(eni.vpcId) && answer.vpcId !== eni.vpcId) {
    return { name, fate: 'gone', says: `the cluster ${name} of today lives in ${answer.vpcId}, the interface in ${eni.vpcId}` };
  }
  return answer.status === 'DELETING'
    ? { name, fate: 'deleting', says: `cluster ${name} is DELETING, which is not gone` }
    : { name, fate: 'alive', says: `cluster ${name} is ${answer.status}${answer.vpcId === undefined ? '' : ` in ${answer.vpcId}`}` };
}

/** The fate of every cluster that the interface's tags name; empty when they name none. */
export const clusterFates = (eni: NetworkInterface, clusters: ItemReads<ClusterAnswer>): ClusterFate[] =>
  clusterNamesOf(eni.tags).map((name) => fateOf(name, eni, clusters));

/** Point 3: every cluster that the tags name is gone. What is certain (alive, deleting) outweighs what is not known. */
export function clusterGone(eni: NetworkInterface, clusters: ItemReads<ClusterAnswer>): ProofPoint {
  const fates = clusterFates(eni, clusters);
  const point = 'cluster-gone';
  if (fates.length === 0) return { point, outcome: 'undecidable', says: 'no tag names a cluster' };
  const say = (fate: ClusterFate['fate']) => fates.filter((each) => each.fate === fate).map((each) => each.says);
  for (const [fate, outcome] of [
    ['alive', 'fails'],
    ['deleting', 'waits'],
    ['impossible', 'undecidable'],
    ['unread', 'unread'],
  ] as const) {
    const says = say(fate);
    if (says.length > 0) return { point, outcome, says: says.join('; ') };
  }
  return { point, outcome: 'holds', says: say('gone').join('; ') };
}
