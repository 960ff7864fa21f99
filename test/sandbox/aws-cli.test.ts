import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { cloudTrailEvent } from '../../sandbox/cloudtrail/event.ts';
import type { SecurityGroupRule as Rule } from '../../sandbox/world/state.ts';
import type { ChangedRule } from '../../shared/changes/change.ts';
import { parsePathChange } from '../../shared/changes/event/path-change.ts';
import { permissionArguments } from '../../shared/changes/rule-arguments.ts';
import { undoOf } from '../../shared/changes/undo.ts';
import type { SecurityGroupRule } from '../../shared/domain/security-group.ts';
import { printCommand } from '../../shared/network/print-rule.ts';
import { type Account, account } from './account.ts';

const run = promisify(execFile);
const named = process.env.SGP_WARDEN_AWS_CLI;
const executable = named ?? 'aws';
const version = spawnSync(executable, ['--version'], { encoding: 'utf8' });
const works = version.status === 0;
const missing = `${executable} --version ${version.error ? `could not be run: ${version.error.message}` : `ended with ${version.status}`}`;
const mustWork = named !== undefined && process.env.CI === 'true';

/** A rule of the sandbox's, as a call names it. */
const askedFor = ({ isEgress, protocol, fromPort, toPort, cidrIpv4, cidrIpv6, prefixListId, referencedGroup }: Rule): ChangedRule => ({
  ...{ id: null, groupId: '', isEgress, ipProtocol: protocol, fromPort: fromPort ?? null, toPort: toPort ?? null, description: null },
  peer: cidrIpv4
    ? { kind: 'cidr-ipv4', cidr: cidrIpv4 }
    : cidrIpv6
      ? { kind: 'cidr-ipv6', cidr: cidrIpv6 }
      : prefixListId
        ? { kind: 'prefix-list', id: prefixListId }
        : { kind: 'group', groupId: referencedGroup?.groupId ?? '', userId: referencedGroup?.userId ?? null },
});

const suite = works || mustWork ? describe : describe.skip;
if (!works && !mustWork) {
  process.stderr.write(`SKIPPED: the aws CLI against the sandbox. ${missing}. Install the aws CLI, or name it in SGP_WARDEN_AWS_CLI.\n`);
}

suite('the aws CLI', () => {
  beforeAll(() => {
    if (!works) throw new Error(`CI names an aws CLI in SGP_WARDEN_AWS_CLI, but ${missing}.`);
  });

  // --endpoint-url, because AWS_ENDPOINT_URL is only known to the CLI since 2.13 (1.29), and Debian 12 has 2.9.
  const aws = async ({ env, endpoint }: Account, ...words: string[]): Promise<unknown> => {
    const settings = { PATH: process.env.PATH, HOME: process.env.HOME, ...env, AWS_PAGER: '', AWS_EC2_METADATA_DISABLED: 'true' };
    const { stdout } = await run(executable, ['--endpoint-url', endpoint, '--output', 'json', ...words], { env: settings });
    return JSON.parse(stdout);
  };

  it('reads interfaces, over pages', async () => {
    const sandbox = await account();
    sandbox.world().createCluster('blue');
    const { instanceId } = sandbox.world().addNode('blue');
    const ids = Array.from({ length: 7 }, () => sandbox.world().addPod(instanceId).interfaceId);
    const filter = 'Name=description,Values=aws-k8s-branch-*';
    const answer = await aws(sandbox, 'ec2', 'describe-network-interfaces', '--filters', filter, '--page-size', '5');
    expect(answer).toMatchObject({
      NetworkInterfaces: ids.map((NetworkInterfaceId) => ({ NetworkInterfaceId, Status: 'in-use', InterfaceType: 'branch' })),
    });
    expect(sandbox.calls).toHaveLength(2);
  });

  it('reads instances and security groups', async () => {
    const sandbox = await account();
    sandbox.world().createCluster('blue');
    const { instanceId } = sandbox.world().addNode('blue');
    const instances = await aws(sandbox, 'ec2', 'describe-instances', '--instance-ids', instanceId);
    expect(instances).toMatchObject({ Reservations: [{ Instances: [{ InstanceId: instanceId, State: { Name: 'running' } }] }] });
    const groups = await aws(sandbox, 'ec2', 'describe-security-groups', '--filters', 'Name=group-name,Values=default');
    expect(groups).toMatchObject({ SecurityGroups: [{ GroupName: 'default', IpPermissionsEgress: [{ IpProtocol: '-1' }] }] });
  });

  it('reads clusters', async () => {
    const sandbox = await account();
    const { vpcId } = sandbox.world().createCluster('blue');
    expect(await aws(sandbox, 'eks', 'list-clusters')).toEqual({ clusters: ['blue'] });
    expect(await aws(sandbox, 'eks', 'describe-cluster', '--name', 'blue')).toMatchObject({
      cluster: { name: 'blue', status: 'ACTIVE', resourcesVpcConfig: { vpcId } },
    });
  });

  it('opens and closes a path, in the words that people paste', async () => {
    const sandbox = await account();
    const [pods, nodes] = [sandbox.world().createSecurityGroup({ rules: [] }), sandbox.world().createSecurityGroup({ rules: [] })];
    const list = sandbox.world().createPrefixList({ entries: ['10.0.0.0/24'] });
    const dns = ['--protocol', 'udp', '--port', '53'];
    const opened = await aws(sandbox, 'ec2', 'authorize-security-group-ingress', '--group-id', nodes.id, ...dns, '--source-group', pods.id);
    expect(opened).toMatchObject({ Return: true, SecurityGroupRules: [{ IpProtocol: 'udp', ReferencedGroupInfo: { GroupId: pods.id } }] });
    const permissions = `IpProtocol=tcp,FromPort=53,ToPort=53,PrefixListIds=[{PrefixListId=${list.id},Description=CoreDNS}]`;
    await aws(sandbox, 'ec2', 'authorize-security-group-egress', '--group-id', pods.id, '--ip-permissions', permissions);
    expect(pods.rules).toMatchObject([{ isEgress: true, protocol: 'tcp', prefixListId: list.id, description: 'CoreDNS' }]);
    await aws(sandbox, 'ec2', 'revoke-security-group-egress', '--group-id', pods.id, '--security-group-rule-ids', pods.rules[0]?.id ?? '');
    expect(pods.rules).toEqual([]);
    await aws(sandbox, 'ec2', 'revoke-security-group-ingress', '--group-id', nodes.id, ...dns, '--source-group', pods.id);
    expect(nodes.rules).toEqual([]);
    expect(await aws(sandbox, 'ec2', 'get-managed-prefix-list-entries', '--prefix-list-id', list.id)).toEqual({
      Entries: [{ Cidr: '10.0.0.0/24' }],
    });
  });

  it('reads who is calling', async () => {
    expect(await aws(await account(), 'sts', 'get-caller-identity')).toMatchObject({ Account: '123456789012' });
  });

  it('understands refusals', async () => {
    const sandbox = await account();
    const refusal = (...words: string[]) => expect(aws(sandbox, ...words)).rejects;
    await refusal('eks', 'describe-cluster', '--name', 'gone').toThrow(/\(ResourceNotFoundException\).*No cluster found for name: gone\./);
    await refusal('ec2', 'delete-network-interface', '--network-interface-id', 'eni-12345678').toThrow(
      /\(InvalidNetworkInterfaceID\.NotFound\)/,
    );
  });

  it('adds the rules of a remedy, by the very commands that are printed', async () => {
    const sandbox = await account();
    const [pods, nodes] = [sandbox.world().createSecurityGroup({ rules: [] }), sandbox.world().createSecurityGroup({ rules: [] })];
    const reference = { userId: undefined, vpcId: undefined, peeringStatus: undefined, vpcPeeringConnectionId: undefined };
    const rule = (more: Partial<SecurityGroupRule>): SecurityGroupRule => ({
      ...{ id: 'new', groupId: pods.id, isEgress: true, ipProtocol: 'udp', fromPort: 53, toPort: 53 },
      peer: { kind: 'group', groupId: nodes.id, ...reference },
      ...more,
    });
    const rules = [
      rule({}),
      rule({ ipProtocol: 'tcp', peer: { kind: 'cidr-ipv4', cidr: '10.0.2.0/24' } }),
      rule({ ipProtocol: '47', fromPort: undefined, toPort: undefined, peer: { kind: 'cidr-ipv6', cidr: 'fd00::/64' } }),
      rule({
        groupId: nodes.id,
        isEgress: false,
        ipProtocol: 'icmp',
        fromPort: 3,
        toPort: 4,
        peer: { kind: 'group', groupId: pods.id, ...reference },
      }),
    ];
    const settings = { PATH: process.env.PATH, HOME: process.env.HOME, ...sandbox.env, AWS_PAGER: '', AWS_EC2_METADATA_DISABLED: 'true' };
    // The CLI of the test stands behind the word `aws`; the rest is what people paste into their shell.
    const shell = `aws() { command "${executable}" --endpoint-url "${sandbox.endpoint}" "$@"; }`;
    for (const each of rules)
      await run('sh', ['-c', `${shell}; ${printCommand({ rule: each, peerOwner: undefined }, sandbox.env.AWS_REGION ?? '')}`], {
        env: settings,
      });
    expect(pods.rules).toMatchObject([
      { isEgress: true, protocol: 'udp', fromPort: 53, toPort: 53, referencedGroup: { groupId: nodes.id } },
      { isEgress: true, protocol: 'tcp', fromPort: 53, toPort: 53, cidrIpv4: '10.0.2.0/24' },
      { isEgress: true, protocol: '47', cidrIpv6: 'fd00::/64' },
    ]);
    expect(nodes.rules).toMatchObject([
      { isEgress: false, protocol: 'icmp', fromPort: 3, toPort: 4, referencedGroup: { groupId: pods.id } },
    ]);
  });

  it.each(['by their ids', 'by what they say'])('gives back what was revoked %s, by the very commands that are printed', async (how) => {
    const sandbox = await account();
    const world = sandbox.world();
    const [vpc, peer] = [world.createVpc(), world.createVpc()];
    const far = world.createSecurityGroup({ vpcId: peer.id });
    const peering = world.peerVpc(vpc.id, { peerVpcId: peer.id });
    const near = world.createSecurityGroup({ vpcId: vpc.id });
    const list = world.createPrefixList();
    const description = 'a $(exit 1) & b; !{c} * # = [d]';
    const rule = { isEgress: false, tags: {} } as const;
    const group = world.createSecurityGroup({
      vpcId: vpc.id,
      rules: [
        { ...rule, protocol: 'udp', fromPort: 53, toPort: 53, cidrIpv4: '0.0.0.0/0', description },
        { ...rule, protocol: 'tcp', fromPort: 1, toPort: 65_535, cidrIpv6: 'fd00::/64' },
        { ...rule, protocol: '-1', referencedGroup: { groupId: near.id, userId: near.ownerId }, description: 'all' },
        { ...rule, protocol: 'tcp', fromPort: 443, toPort: 443, referencedGroup: world.peerReference(peering.id, far.id) },
        { ...rule, protocol: 'icmp', fromPort: -1, toPort: -1, prefixListId: list.id },
        { ...rule, protocol: 'icmp', fromPort: 3, toPort: 4, cidrIpv4: '10.0.0.0/8' },
        { ...rule, protocol: '47', cidrIpv4: '10.0.0.0/8' },
      ],
    });
    const told = () =>
      group.rules
        .map(({ id: _, referencedGroup, ...each }) => JSON.stringify([Object.entries({ ...each, to: referencedGroup?.groupId }).sort()]))
        .sort();
    const before = told();
    const permissions = permissionArguments(group.rules.map(askedFor));
    const ids = group.rules.map(({ id }) => id);
    const asked =
      how === 'by their ids'
        ? [['--security-group-rule-ids', ...ids]]
        : permissions.map((each) => ['--ip-permissions', each.slice("--ip-permissions '".length, -1)]);
    for (const words of asked) await aws(sandbox, 'ec2', 'revoke-security-group-ingress', '--group-id', group.id, ...words);
    expect(group.rules).toEqual([]);
    const shell = `aws() { command "${executable}" --endpoint-url "${sandbox.endpoint}" "$@"; }`;
    const settings = { PATH: process.env.PATH, HOME: process.env.HOME, ...sandbox.env, AWS_PAGER: '', AWS_EC2_METADATA_DISABLED: 'true' };
    const undo = sandbox.calls
      .filter(({ action }) => action === 'RevokeSecurityGroupIngress')
      .flatMap((call) => {
        const parsed = parsePathChange(cloudTrailEvent(call));
        return parsed.outcome === 'change' ? undoOf(parsed.change, sandbox.env.AWS_REGION ?? '', []).commands : [];
      });
    for (const command of undo) await run('sh', ['-c', `${shell}; ${command}`], { env: settings });
    expect(told()).toEqual(before);
  });
});
