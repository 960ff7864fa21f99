import {
  CreateClusterCommand,
  DeleteClusterCommand,
  DescribeClusterCommand,
  DescribeNodegroupCommand,
  ListClustersCommand,
  ListFargateProfilesCommand,
  ListNodegroupsCommand,
  paginateListClusters,
} from '@aws-sdk/client-eks';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Account, account, failure } from '../account.ts';

let aws: Account;

beforeEach(async () => {
  aws = await account();
});

const describeCluster = async (name: string) => (await aws.eks.send(new DescribeClusterCommand({ name }))).cluster;
const deleteCluster = (name: string) => aws.eks.send(new DeleteClusterCommand({ name }));
const NOT_FOUND = { name: 'ResourceNotFoundException', message: 'No cluster found for name: blue.', status: 404 };

describe('DescribeCluster', () => {
  it('tells what EKS tells', async () => {
    const made = aws.world().createCluster('blue', { tags: { team: 'a' } });
    expect(await describeCluster('blue')).toMatchObject({
      name: 'blue',
      arn: 'arn:aws:eks:us-east-1:123456789012:cluster/blue',
      status: 'ACTIVE',
      createdAt: aws.clock.now(),
      resourcesVpcConfig: { vpcId: made.vpcId, subnetIds: made.subnetIds, clusterSecurityGroupId: made.clusterSecurityGroupId },
      tags: { team: 'a' },
    });
  });

  it('says "not found" only of a name that this region does not have', async () => {
    expect(await failure(describeCluster('blue'))).toEqual(NOT_FOUND);
    aws.world('eu-west-1').createCluster('blue');
    expect(await failure(describeCluster('blue'))).toEqual(NOT_FOUND);
  });
});

describe('DeleteCluster', () => {
  it('leaves the cluster DELETING for a while, and then it is not found', async () => {
    aws.world().createCluster('blue');
    expect((await deleteCluster('blue')).cluster?.status).toBe('DELETING');
    aws.clock.advance(4);
    expect((await describeCluster('blue'))?.status).toBe('DELETING');
    aws.clock.advance(1);
    expect(await failure(describeCluster('blue'))).toEqual(NOT_FOUND);
    expect(await failure(deleteCluster('blue'))).toEqual(NOT_FOUND);
  });

  it('is refused while node groups or Fargate profiles exist', async () => {
    const world = aws.world();
    world.createCluster('blue');
    world.addNodegroup('blue', 'general');
    expect(await failure(deleteCluster('blue'))).toEqual({
      name: 'ResourceInUseException',
      message: 'Cluster has nodegroups attached',
      status: 409,
    });
    world.deleteNodegroup('blue', 'general');
    world.addFargateProfile('blue', 'batch');
    expect(await failure(deleteCluster('blue'))).toMatchObject({ name: 'ResourceInUseException' });
    expect((await describeCluster('blue'))?.status).toBe('ACTIVE');
  });

  it('is refused where deletion protection is on', async () => {
    aws.world().createCluster('blue', { deletionProtection: true });
    expect(await failure(deleteCluster('blue'))).toMatchObject({ name: 'InvalidRequestException' });
  });
});

describe('CreateCluster', () => {
  const create = (name: string, subnetIds: string[]) =>
    aws.eks.send(new CreateClusterCommand({ name, roleArn: 'arn:aws:iam::123456789012:role/eks', resourcesVpcConfig: { subnetIds } }));
  const subnets = () => [aws.world().createSubnet().id, aws.world().createSubnet().id];

  it('makes a cluster that is CREATING for a while', async () => {
    const { cluster } = await create('blue', subnets());
    expect(cluster).toMatchObject({ status: 'CREATING', createdAt: aws.clock.now() });
    expect(cluster?.resourcesVpcConfig?.clusterSecurityGroupId).toBeUndefined();
    aws.clock.advance(10);
    expect(await describeCluster('blue')).toMatchObject({ status: 'ACTIVE', createdAt: cluster?.createdAt });
  });

  it.each(['', 'a.b', '-a', 'a b', 'ä', 'x'.repeat(101)])('refuses the name %p', async (name) => {
    expect(await failure(create(name, subnets()))).toMatchObject({ name: 'InvalidParameterException', status: 400 });
  });

  it('refuses a name that is taken, also by a cluster that is DELETING', async () => {
    aws.world().createCluster('blue');
    aws.world().deleteCluster('blue');
    expect(await failure(create('blue', subnets()))).toMatchObject({ name: 'ResourceInUseException', status: 409 });
    aws.clock.advance(5);
    expect((await create('blue', subnets())).cluster?.status).toBe('CREATING');
  });

  it('refuses subnets that do not exist, and those in one zone', async () => {
    const [first = ''] = subnets();
    expect(await failure(create('blue', [first, 'subnet-12345678']))).toMatchObject({ name: 'InvalidParameterException' });
    expect(await failure(create('blue', [first]))).toMatchObject({ name: 'InvalidParameterException' });
  });
});

describe('lists', () => {
  it('come in pages of at most 100', async () => {
    for (let index = 0; index < 205; index += 1) aws.world().createCluster(`cluster-${index}`);
    const pages: number[] = [];
    for await (const { clusters } of paginateListClusters({ client: aws.eks }, {})) pages.push(clusters?.length ?? 0);
    expect(pages).toEqual([100, 100, 5]);
  });

  it('refuse page sizes outside 1 to 100 and tokens that were never given', async () => {
    for (const given of [{ maxResults: 0 }, { maxResults: 101 }, { nextToken: 'garbage' }]) {
      expect(await failure(aws.eks.send(new ListClustersCommand(given)))).toMatchObject({ name: 'InvalidParameterException', status: 400 });
    }
  });

  it('show the node groups and Fargate profiles of a cluster', async () => {
    aws.world().createCluster('blue');
    aws.world().addNodegroup('blue', 'general');
    aws.world().addFargateProfile('blue', 'batch');
    expect((await aws.eks.send(new ListNodegroupsCommand({ clusterName: 'blue' }))).nodegroups).toEqual(['general']);
    expect((await aws.eks.send(new ListFargateProfilesCommand({ clusterName: 'blue' }))).fargateProfileNames).toEqual(['batch']);
    const { nodegroup } = await aws.eks.send(new DescribeNodegroupCommand({ clusterName: 'blue', nodegroupName: 'general' }));
    expect(nodegroup).toMatchObject({ nodegroupName: 'general', clusterName: 'blue', status: 'ACTIVE', createdAt: aws.clock.now() });
  });

  it('do not show those of a cluster that is not there', async () => {
    expect(await failure(aws.eks.send(new ListNodegroupsCommand({ clusterName: 'blue' })))).toEqual(NOT_FOUND);
    expect(await failure(aws.eks.send(new ListFargateProfilesCommand({ clusterName: 'blue' })))).toEqual(NOT_FOUND);
    aws.world().createCluster('blue');
    const missing = aws.eks.send(new DescribeNodegroupCommand({ clusterName: 'blue', nodegroupName: 'none' }));
    expect(await failure(missing)).toMatchObject({ name: 'ResourceNotFoundException', message: 'No node group found for name: none.' });
  });
});
