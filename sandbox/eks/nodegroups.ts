import { awsError } from '../aws-error.ts';
import type { Params } from '../http/param.ts';
import type { CallContext } from '../http/service.ts';
import { namedCluster } from './clusters.ts';
import { listPage } from './list.ts';

export function listNodegroups(params: Params, context: CallContext) {
  const { name, nodegroups } = namedCluster(params, context);
  const page = listPage(Object.keys(nodegroups).sort(), `node groups of ${name}`, params, context);
  return { nodegroups: page.names, nextToken: page.nextToken };
}

export function describeNodegroup(params: Params, context: CallContext) {
  const cluster = namedCluster(params, context);
  const nodegroup = cluster.nodegroups[String(params.nodegroupName)];
  if (!nodegroup) throw awsError('ResourceNotFoundException', `No node group found for name: ${String(params.nodegroupName)}.`, 404);
  const { name, status, subnetIds, createdAt } = nodegroup;
  return {
    nodegroup: {
      nodegroupName: name,
      nodegroupArn: cluster.arn.replace(':cluster/', ':nodegroup/').concat(`/${name}/00000000-0000-0000-0000-000000000000`),
      clusterName: cluster.name,
      version: cluster.version,
      createdAt: Date.parse(createdAt) / 1000,
      status,
      capacityType: 'ON_DEMAND',
      instanceTypes: ['m5.large'],
      subnets: subnetIds,
      nodeRole: `${cluster.roleArn}-node`,
      scalingConfig: { minSize: 0, maxSize: 10, desiredSize: 1 },
    },
  };
}
