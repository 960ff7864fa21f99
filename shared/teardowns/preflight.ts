import { collectAccountId, refuseBadCredentials } from '../aws/caller.ts';
import type { Deps } from '../deps.ts';
import { type Read, readOk } from '../domain/read.ts';
import { BRANCH_DESCRIPTION, TRUNK_DESCRIPTION } from '../domain/tags.ts';
import {
  collectClusterInstances,
  collectClusterInterfaces,
  collectFargateProfiles,
  collectNodegroups,
} from '../inventory/cluster-network.ts';
import { printedCoverage } from '../inventory/coverage.ts';
import { collectCluster } from '../inventory/eks/clusters.ts';
import { foresee } from './foresee.ts';
import type { PreflightReport, PreflightRequest } from './preflight-report.ts';

/** What deleting a cluster now would leave behind, and how to avoid it. */
export async function preflight(deps: Deps, { region, cluster: name }: PreflightRequest): Promise<PreflightReport> {
  const began = deps.clock();
  const { clock, onProgress } = deps;
  const clients = deps.clientsFor(region);
  const account = await collectAccountId(clients.sts, clock);
  if (!account.ok) refuseBadCredentials(region, account.reason);
  onProgress?.(`reading the cluster ${name}`);
  const cluster = await collectCluster(clients.eks, name, clock);
  // EKS has no lists for a cluster that does not exist.
  const exists = !cluster.ok || cluster.value.found;
  const none: Read<readonly string[]> = readOk([], began);
  onProgress?.(`reading the interfaces of ${name}`);
  const facts = {
    cluster,
    branches: await collectClusterInterfaces(clients.ec2, name, BRANCH_DESCRIPTION, clock),
    trunks: await collectClusterInterfaces(clients.ec2, name, TRUNK_DESCRIPTION, clock),
    instances: await collectClusterInstances(clients.ec2, name, clock),
    nodegroups: exists ? await collectNodegroups(clients.eks, name, clock) : none,
    fargateProfiles: exists ? await collectFargateProfiles(clients.eks, name, clock) : none,
  };
  const reads = Object.entries({ callerIdentity: account, ...facts });
  return {
    generatedAt: began.toISOString(),
    target: { accountId: account.ok ? account.value : 'unknown', region },
    cluster: name,
    coverage: printedCoverage(reads.map(([slice, read]) => ({ slice, failures: read.ok ? [] : [read.reason] }))),
    ...foresee(name, region, facts),
    stats: { apiCalls: clients.calls(), durationMs: clock().getTime() - began.getTime() },
  };
}
