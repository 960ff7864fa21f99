import { awsError } from '../aws-error.ts';
import { isFields, type Param, type Params } from '../http/param.ts';
import type { CallContext } from '../http/service.ts';
import { noCluster } from '../world/clusters/clusters.ts';
import type { Cluster } from '../world/state.ts';
import { listPage } from './list.ts';

/** The cluster that a request names. */
export function namedCluster({ name }: Params, { state }: CallContext): Cluster {
  const cluster = state.clusters.get(String(name));
  if (!cluster) throw noCluster(String(name));
  return cluster;
}

export const describeCluster = (params: Params, context: CallContext) => ({ cluster: render(namedCluster(params, context)) });

export function listClusters(params: Params, context: CallContext) {
  const { names, nextToken } = listPage([...context.state.clusters.keys()].sort(), 'clusters', params, context);
  return { clusters: names, nextToken };
}

export const deleteCluster = ({ name }: Params, { world }: CallContext) => ({ cluster: render(world.deleteCluster(String(name))) });

// The bounds of the EKS API model.
const NAME = /^[0-9A-Za-z][0-9A-Za-z_-]{0,99}$/;
const invalid = (message: string) => awsError('InvalidParameterException', message);

export function createCluster(params: Params, { world, state }: CallContext) {
  const { name, roleArn, resourcesVpcConfig, kubernetesNetworkConfig, computeConfig, version, tags } = params;
  if (typeof name !== 'string' || !NAME.test(name)) {
    throw invalid(
      `The cluster name '${String(name)}' must begin with a letter or digit and hold at most 100 letters, digits, hyphens and underscores.`,
    );
  }
  if (typeof roleArn !== 'string') throw invalid('roleArn is required.');
  const subnetIds = listOfTexts(field(resourcesVpcConfig, 'subnetIds'));
  const subnets = subnetIds.map((id) => state.subnets.get(id));
  if (subnets.length === 0) throw invalid('Subnets specified must be in at least two different AZs');
  const unknown = subnetIds.filter((_, index) => !subnets[index]);
  if (unknown.length > 0) throw invalid(`The subnet ID '${unknown.join(', ')}' does not exist`);
  if (new Set(subnets.map((subnet) => subnet?.vpcId)).size > 1) throw invalid('Subnets specified must belong to the same VPC');
  if (new Set(subnets.map((subnet) => subnet?.availabilityZone)).size < 2)
    throw invalid('Subnets specified must be in at least two different AZs');
  const cluster = world.beginCluster(name, {
    roleArn,
    subnetIds,
    securityGroupIds: listOfTexts(field(resourcesVpcConfig, 'securityGroupIds')),
    ...(typeof version === 'string' ? { version } : {}),
    ipFamily: field(kubernetesNetworkConfig, 'ipFamily') === 'ipv6' ? 'ipv6' : 'ipv4',
    autoMode: field(computeConfig, 'enabled') === true,
    tags: Object.fromEntries(Object.entries(isFields(tags) ? tags : {}).map(([key, value]) => [key, String(value)])),
  });
  return { cluster: render(cluster) };
}

const field = (value: Param | undefined, name: string): Param | undefined => (isFields(value) ? value[name] : undefined);
const listOfTexts = (value: Param | undefined): string[] => (Array.isArray(value) ? value.map(String) : []);

function render(cluster: Cluster) {
  const made = cluster.status !== 'CREATING';
  return {
    name: cluster.name,
    arn: cluster.arn,
    createdAt: Date.parse(cluster.createdAt) / 1000,
    version: cluster.version,
    // A cluster that is still being created has neither an endpoint nor, in EKS's answer, its security group.
    ...(made ? { endpoint: `https://${cluster.name}.sandbox.eks.amazonaws.com` } : {}),
    roleArn: cluster.roleArn,
    resourcesVpcConfig: {
      subnetIds: cluster.subnetIds,
      securityGroupIds: cluster.securityGroupIds,
      ...(made ? { clusterSecurityGroupId: cluster.clusterSecurityGroupId } : {}),
      vpcId: cluster.vpcId,
      endpointPublicAccess: true,
      endpointPrivateAccess: false,
      publicAccessCidrs: ['0.0.0.0/0'],
    },
    kubernetesNetworkConfig:
      cluster.ipFamily === 'ipv6'
        ? { serviceIpv6Cidr: 'fd30:1c53:5f8a::/108', ipFamily: 'ipv6' }
        : { serviceIpv4Cidr: '172.20.0.0/16', ipFamily: 'ipv4' },
    // Clusters without Auto Mode may lack this altogether; those that had it say that it is off.
    ...(cluster.autoMode ? { computeConfig: { enabled: true, nodePools: ['general-purpose', 'system'] } } : {}),
    status: cluster.status,
    platformVersion: 'eks.1',
    deletionProtection: cluster.deletionProtection,
    tags: cluster.tags,
  };
}
