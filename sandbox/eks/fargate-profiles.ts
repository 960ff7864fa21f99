import { awsError } from '../aws-error.ts';
import type { Params } from '../http/param.ts';
import type { CallContext } from '../http/service.ts';
import { namedCluster } from './clusters.ts';
import { listPage } from './list.ts';

export function listFargateProfiles(params: Params, context: CallContext) {
  const { name, fargateProfiles } = namedCluster(params, context);
  const page = listPage([...fargateProfiles].sort(), `Fargate profiles of ${name}`, params, context);
  return { fargateProfileNames: page.names, nextToken: page.nextToken };
}

export function describeFargateProfile(params: Params, context: CallContext) {
  const cluster = namedCluster(params, context);
  const name = String(params.fargateProfileName);
  if (!cluster.fargateProfiles.includes(name)) {
    throw awsError('ResourceNotFoundException', `No Fargate Profile found with name: ${name}.`, 404);
  }
  return {
    fargateProfile: {
      fargateProfileName: name,
      fargateProfileArn: cluster.arn.replace(':cluster/', ':fargateprofile/').concat(`/${name}/00000000-0000-0000-0000-000000000000`),
      clusterName: cluster.name,
      createdAt: Date.parse(cluster.createdAt) / 1000,
      podExecutionRoleArn: `${cluster.roleArn}-fargate`,
      subnets: cluster.subnetIds,
      selectors: [{ namespace: name, labels: {} }],
      status: 'ACTIVE',
      tags: {},
    },
  };
}
