/** An EKS DeleteCluster call as EventBridge delivers it from CloudTrail (the shape of real records). */
export const deleteClusterEvent = (
  changes: { name?: string; account?: string; region?: string; time?: string; detail?: object; cluster?: object } = {},
) => {
  const { name = 'shop', account = '123456789012', region = 'us-east-1', time = '2026-11-21T12:00:00Z' } = changes;
  return {
    version: '0',
    id: '7bf73129-1428-4cd3-a780-95db273d1602',
    'detail-type': 'AWS API Call via CloudTrail',
    source: 'aws.eks',
    account,
    time,
    region,
    resources: [],
    detail: {
      eventVersion: '1.09',
      userIdentity: {
        type: 'AssumedRole',
        principalId: 'AROAEXAMPLE:anna',
        arn: `arn:aws:sts::${account}:assumed-role/platform/anna`,
        accountId: account,
      },
      eventTime: time,
      eventSource: 'eks.amazonaws.com',
      eventName: 'DeleteCluster',
      awsRegion: region,
      sourceIPAddress: '203.0.113.7',
      userAgent: 'aws-cli/2.17.0',
      requestParameters: { name },
      responseElements: {
        cluster: {
          name,
          arn: `arn:aws:eks:${region}:${account}:cluster/${name}`,
          createdAt: 1_772_355_600.123,
          version: '1.34',
          endpoint: 'https://0123456789ABCDEF.gr7.eks.example',
          roleArn: `arn:aws:iam::${account}:role/${name}-cluster`,
          resourcesVpcConfig: {
            subnetIds: ['subnet-0a1b2c3d4e5f60718'],
            securityGroupIds: [],
            clusterSecurityGroupId: 'sg-0a1b2c3d4e5f60718',
            vpcId: 'vpc-0a1b2c3d4e5f60718',
            endpointPublicAccess: true,
            endpointPrivateAccess: false,
          },
          kubernetesNetworkConfig: { serviceIpv4Cidr: '172.20.0.0/16', ipFamily: 'ipv4' },
          status: 'DELETING',
          platformVersion: 'eks.5',
          tags: {},
          ...changes.cluster,
        },
      },
      requestID: '4f3f2a5e-0000-4000-8000-000000000000',
      eventID: '5c0a0f5e-0000-4000-8000-000000000000',
      readOnly: false,
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: account,
      eventCategory: 'Management',
      ...changes.detail,
    },
  };
};
