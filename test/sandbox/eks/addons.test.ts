import {
  CreateClusterCommand,
  DescribeAddonCommand,
  DescribeClusterCommand,
  DescribeFargateProfileCommand,
  ListAddonsCommand,
  UpdateAddonCommand,
} from '@aws-sdk/client-eks';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { type Account, account, failure } from '../account.ts';

const STRICT = '{"env":{"POD_SECURITY_GROUP_ENFORCING_MODE":"strict"}}';
const STANDARD = '{"env":{"POD_SECURITY_GROUP_ENFORCING_MODE":"standard"}}';

let aws: Account;

beforeEach(async () => {
  aws = await account();
  aws.world().createCluster('blue');
});

const describeAddon = async (clusterName = 'blue', addonName = 'vpc-cni') =>
  (await aws.eks.send(new DescribeAddonCommand({ clusterName, addonName }))).addon;
const update = (given: object) => aws.eks.send(new UpdateAddonCommand({ clusterName: 'blue', addonName: 'vpc-cni', ...given }));

describe('DescribeAddon', () => {
  it('tells version, state and configuration', async () => {
    aws.world().installAddon('blue', 'vpc-cni', {
      version: 'v1.20.0-eksbuild.1',
      configuration: { env: { POD_SECURITY_GROUP_ENFORCING_MODE: 'strict' } },
    });
    expect(await describeAddon()).toEqual({
      addonName: 'vpc-cni',
      clusterName: 'blue',
      status: 'ACTIVE',
      addonVersion: 'v1.20.0-eksbuild.1',
      health: { issues: [] },
      addonArn: 'arn:aws:eks:us-east-1:123456789012:addon/blue/vpc-cni/00000000-0000-0000-0000-000000000000',
      createdAt: aws.clock.now(),
      modifiedAt: aws.clock.now(),
      configurationValues: STRICT,
      tags: {},
    });
  });

  it('has no configuration when none was given, and any text that was', async () => {
    aws.world().installAddon('blue', 'vpc-cni');
    expect(await describeAddon()).not.toHaveProperty('configurationValues');
    aws.world().installAddon('blue', 'vpc-cni', { configurationValues: 'env:\n  ENABLE_POD_ENI: "true"\n' });
    expect((await describeAddon())?.configurationValues).toBe('env:\n  ENABLE_POD_ENI: "true"\n');
  });

  it('does not find a self-managed one, nor one of a cluster that is not there', async () => {
    expect(await failure(describeAddon())).toEqual({
      name: 'ResourceNotFoundException',
      message: 'No addon: vpc-cni found in cluster: blue',
      status: 404,
    });
    expect(await failure(describeAddon('red'))).toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'No cluster found for name: red.',
    });
  });
});

describe('UpdateAddon', () => {
  it('changes what is given, keeps the rest, and takes two minutes', async () => {
    aws.world().installAddon('blue', 'vpc-cni', { configurationValues: STRICT });
    const { update: made } = await update({ configurationValues: STANDARD, resolveConflicts: 'PRESERVE' });
    expect(made).toMatchObject({
      status: 'InProgress',
      type: 'AddonUpdate',
      params: [
        { type: 'ResolveConflicts', value: 'PRESERVE' },
        { type: 'ConfigurationValues', value: STANDARD },
      ],
    });
    expect(await describeAddon()).toMatchObject({ status: 'UPDATING', configurationValues: STANDARD });
    expect(await failure(update({ addonVersion: 'v1.21.0-eksbuild.1' }))).toMatchObject({ name: 'ResourceInUseException' });
    aws.clock.advance(2);
    await update({ addonVersion: 'v1.21.0-eksbuild.1' });
    aws.clock.advance(2);
    expect(await describeAddon()).toMatchObject({
      status: 'ACTIVE',
      addonVersion: 'v1.21.0-eksbuild.1',
      configurationValues: STANDARD,
      modifiedAt: new Date(aws.clock.now().getTime() - 120_000),
    });
  });

  it('refuses what is not there, and a configuration that is not JSON', async () => {
    expect(await failure(update({}))).toMatchObject({ name: 'ResourceNotFoundException' });
    aws.world().installAddon('blue', 'vpc-cni');
    expect(await failure(update({ configurationValues: '{"env":' }))).toMatchObject({ name: 'InvalidParameterException' });
    expect(await describeAddon()).toMatchObject({ status: 'ACTIVE' });
  });
});

it('ListAddons shows them in order, by pages', async () => {
  for (const name of ['vpc-cni', 'coredns', 'kube-proxy']) aws.world().installAddon('blue', name);
  const list = (given: object = {}) => aws.eks.send(new ListAddonsCommand({ clusterName: 'blue', ...given }));
  expect((await list()).addons).toEqual(['coredns', 'kube-proxy', 'vpc-cni']);
  const { addons, nextToken = '' } = await list({ maxResults: 2 });
  expect(addons).toEqual(['coredns', 'kube-proxy']);
  expect((await list({ maxResults: 2, nextToken })).addons).toEqual(['vpc-cni']);
  expect(await failure(list({ maxResults: 101 }))).toMatchObject({ name: 'InvalidParameterException' });
});

describe('a cluster', () => {
  const cluster = async (name: string) => (await aws.eks.send(new DescribeClusterCommand({ name }))).cluster;

  it('tells its tags, its address family and Auto Mode', async () => {
    aws.world().createCluster('six', { ipFamily: 'ipv6', autoMode: true, tags: { 'sgp-warden:enforcing-mode': 'standard' } });
    expect(await cluster('six')).toMatchObject({
      kubernetesNetworkConfig: { ipFamily: 'ipv6' },
      computeConfig: { enabled: true },
      tags: { 'sgp-warden:enforcing-mode': 'standard' },
    });
    expect(await cluster('blue')).toMatchObject({ kubernetesNetworkConfig: { ipFamily: 'ipv4' } });
    expect(await cluster('blue')).not.toHaveProperty('computeConfig');
  });

  it('is made with both', async () => {
    const subnetIds = [aws.world().createSubnet().id, aws.world().createSubnet().id];
    await aws.eks.send(
      new CreateClusterCommand({
        name: 'auto',
        roleArn: 'arn:aws:iam::123456789012:role/eks',
        resourcesVpcConfig: { subnetIds },
        kubernetesNetworkConfig: { ipFamily: 'ipv6' },
        computeConfig: { enabled: true },
      }),
    );
    expect(aws.world().state.clusters.get('auto')).toMatchObject({ ipFamily: 'ipv6', autoMode: true });
  });

  it('has Fargate profiles', async () => {
    aws.world().addFargateProfile('blue', 'batch');
    const ask = async (fargateProfileName: string) =>
      (await aws.eks.send(new DescribeFargateProfileCommand({ clusterName: 'blue', fargateProfileName }))).fargateProfile;
    expect(await ask('batch')).toMatchObject({ fargateProfileName: 'batch', clusterName: 'blue', status: 'ACTIVE' });
    expect(await failure(ask('none'))).toMatchObject({ name: 'ResourceNotFoundException', status: 404 });
  });
});
