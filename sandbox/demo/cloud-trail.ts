import type { Cluster } from '../index.ts';

/** The event that EventBridge delivers when somebody deletes a cluster and a trail records it. */
export function deleteClusterEvent(cluster: Cluster, region: string, at: Date): object {
  const account = cluster.arn.split(':')[4] ?? '';
  const { name, arn, version, roleArn } = cluster;
  return {
    version: '0',
    id: '7bf73129-1428-4cd3-a780-95db273d1602',
    'detail-type': 'AWS API Call via CloudTrail',
    source: 'aws.eks',
    account,
    time: at.toISOString(),
    region,
    resources: [],
    detail: {
      eventVersion: '1.09',
      userIdentity: { type: 'AssumedRole', arn: `arn:aws:sts::${account}:assumed-role/platform/anna`, accountId: account },
      eventTime: at.toISOString(),
      eventSource: 'eks.amazonaws.com',
      eventName: 'DeleteCluster',
      awsRegion: region,
      sourceIPAddress: '203.0.113.7',
      userAgent: 'aws-cli/2.17.0',
      requestParameters: { name },
      responseElements: {
        cluster: {
          name,
          arn,
          createdAt: Date.parse(cluster.createdAt) / 1_000,
          version,
          roleArn,
          resourcesVpcConfig: {
            subnetIds: cluster.subnetIds,
            securityGroupIds: cluster.securityGroupIds,
            clusterSecurityGroupId: cluster.clusterSecurityGroupId,
            vpcId: cluster.vpcId,
          },
          status: 'DELETING',
          tags: cluster.tags,
        },
      },
      readOnly: false,
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: account,
      eventCategory: 'Management',
    },
  };
}
