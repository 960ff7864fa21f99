// What decides which paths a pod needs at all, and where CoreDNS is: modes, tags, settings, Auto Mode, Fargate, IPv6.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { audit } from '../../shared/run/audit.ts';
import { loadConfig } from '../../shared/settings/config.ts';
import { egress, ingress, type PathWorld, pathsOf, pathWorld, verdictOn } from '../support/path-world.ts';
import { auditOf, depsOf } from '../support/sandbox.ts';

const ANYWHERE = '0.0.0.0/0';
// DNS is open, the kubelet is shut out.
const OUT_ONLY = [egress('-1', undefined, ANYWHERE)];

let sandbox: Sandbox;
let shop: PathWorld;
let set: string;

beforeEach(async () => {
  sandbox = await startSandbox();
  shop = pathWorld(sandbox);
  set = shop.addPod(OUT_ONLY);
});

afterEach(() => sandbox.stop());

const cni = (mode: string) => ({ configuration: { env: { ENABLE_POD_ENI: 'true', POD_SECURITY_GROUP_ENFORCING_MODE: mode } } });
const verdictsOf = async (id = set, env = {}) => {
  const report = await audit(depsOf(sandbox, { settings: loadConfig(env) }), { region: sandbox.world().region, clusters: [], rules: [] });
  const of = (ruleId: string) => verdictOn(report, ruleId, id);
  return { dns: of('dns-path-blocked'), probes: of('probe-path-blocked'), report };
};

describe('enforcing mode', () => {
  it.each<[name: string, prepare: () => unknown, dns: string, probes: string, says: RegExp]>([
    ['strict by default', () => undefined, 'pass', 'fail', /^strict: /],
    ['strict, stated', () => shop.world.updateAddon('shop', 'vpc-cni', cni('strict')), 'pass', 'fail', /^strict: /],
    ['standard', () => shop.world.updateAddon('shop', 'vpc-cni', cni('standard')), 'pass', 'not-applicable', /^standard: /],
    [
      'standard, in YAML',
      () => shop.world.updateAddon('shop', 'vpc-cni', { configurationValues: 'env:\n  POD_SECURITY_GROUP_ENFORCING_MODE: "standard"\n' }),
      'pass',
      'not-applicable',
      /^standard: /,
    ],
    [
      'commented out',
      () => shop.world.updateAddon('shop', 'vpc-cni', { configurationValues: 'env:\n  # POD_SECURITY_GROUP_ENFORCING_MODE: standard\n' }),
      'pass',
      'fail',
      /^strict: /,
    ],
    [
      'in a way that is not understood',
      () => shop.world.updateAddon('shop', 'vpc-cni', { configurationValues: 'env: {POD_SECURITY_GROUP_ENFORCING_MODE: standard}' }),
      'pass',
      'unknown',
      /not in a way that is understood/,
    ],
    ['neither', () => shop.world.updateAddon('shop', 'vpc-cni', cni('lenient')), 'pass', 'unknown', /neither strict nor standard/],
    ['a self-managed CNI: assumed', () => delete shop.cluster.addons['vpc-cni'], 'pass', 'fail', /^strict, assumed/],
    [
      'denied',
      () => sandbox.faults.add({ when: ({ action }) => action === 'DescribeAddon', effect: { kind: 'deny' } }),
      'pass',
      'unknown',
      /DescribeAddon/,
    ],
    [
      'an HTML page with status 404',
      () => sandbox.faults.add({ when: ({ action }) => action === 'DescribeAddon', effect: { kind: 'html', status: 404 } }),
      'pass',
      'unknown',
      /not the service's own/,
    ],
    [
      'the tag overrides the add-on',
      () => Object.assign(shop.cluster.tags, { 'sgp-warden:enforcing-mode': 'standard' }),
      'pass',
      'not-applicable',
      /^standard: the cluster/,
    ],
  ])('%s', async (_name, prepare, dns, probes, says) => {
    prepare();
    const found = await verdictsOf();
    expect([found.dns.verdict, found.probes.verdict]).toEqual([dns, probes]);
    expect(found.probes.evidence.mode).toMatchObject({ says: expect.stringMatching(says) });
  });

  it('with the tag, the add-on is not asked about', async () => {
    Object.assign(shop.cluster.tags, { 'sgp-warden:enforcing-mode': 'strict' });
    await verdictsOf();
    expect(sandbox.calls.filter(({ action }) => action === 'DescribeAddon')).toEqual([]);
  });

  it('an add-on that could not be read is a gap, and DNS is judged all the same', async () => {
    sandbox.faults.add({ when: ({ action }) => action === 'DescribeAddon', effect: { kind: 'html', status: 404 } });
    const { report, dns } = await verdictsOf();
    expect(report.coverage.filter(({ ok }) => !ok).map(({ slice }) => slice)).toEqual(['cniAddons']);
    expect(dns.verdict).toBe('pass');
  });
});

describe('where CoreDNS is', () => {
  it('in Auto Mode nobody can tell', async () => {
    shop.cluster.autoMode = true;
    const { dns } = await verdictsOf();
    expect(dns).toMatchObject({ verdict: 'unknown', summary: expect.stringContaining('Auto Mode') });
  });

  it('on delegated prefixes too: a rule for the nodes’ own addresses only is not enough', async () => {
    const addresses = [...shop.world.state.interfaces.values()].filter(({ groups }) => groups.includes(shop.nodeGroup.id));
    const rules = addresses.flatMap(({ privateIpAddresses }) =>
      privateIpAddresses.flatMap((ip) => [egress('udp', 53, `${ip}/32`), egress('tcp', 53, `${ip}/32`)]),
    );
    const narrow = shop.addPod(rules);
    expect(addresses.some(({ ipv4Prefixes }) => ipv4Prefixes.length > 0)).toBe(true);
    const { dns } = await verdictsOf(narrow);
    expect(dns).toMatchObject({ verdict: 'fail', state: 'partly-open', severity: 'medium' });
  });

  it('not on Windows', async () => {
    const other = shop.world.createSecurityGroup({ vpcId: shop.cluster.vpcId });
    shop.world.addNode('shop', { windows: true, trunk: false, securityGroups: [other.id] });
    expect((await verdictsOf()).dns.verdict).toBe('pass');
  });

  it.each([
    ['the setting', (id: string) => ({ COREDNS_SECURITY_GROUPS: id }), () => undefined],
    ['a tag on its group', () => ({}), (tags: Record<string, string>) => Object.assign(tags, { 'sgp-warden:coredns-sg': 'shop' })],
  ])('only where %s says', async (_name, envOf, tag) => {
    const shut = shop.world.createSecurityGroup({ vpcId: shop.cluster.vpcId });
    shop.world.addNode('shop', { securityGroups: [shut.id] });
    expect((await verdictsOf()).dns).toMatchObject({ verdict: 'fail', state: 'partly-open' });
    tag(shop.nodeGroup.tags);
    expect((await verdictsOf(set, envOf(shop.nodeGroup.id))).dns.verdict).toBe('pass');
  });
});

it('IPv6: pods and nodes are judged by their IPv6 addresses', async () => {
  const world = sandbox.world();
  const vpc = world.createVpc({ ipv6Cidr: '2001:db8:1::/56' });
  const subnet = world.createSubnet({ vpcId: vpc.id });
  const cluster = world.createCluster('six', { subnetIds: [subnet.id], ipFamily: 'ipv6' });
  const node = world.addNode('six');
  world.addRules(cluster.clusterSecurityGroupId, [ingress('-1', undefined, '::/0')]);
  const add = (peer: string) => {
    const group = world.createSecurityGroup({ vpcId: vpc.id, rules: [egress('-1', undefined, peer)] });
    world.addPod(node.instanceId, { securityGroups: [group.id] });
    return group.id;
  };
  const [six, four] = [add('::/0'), add(ANYWHERE)];
  expect((await verdictsOf(six)).dns).toMatchObject({ verdict: 'pass' });
  expect((await verdictsOf(four)).dns).toMatchObject({ verdict: 'fail', state: 'blocked' });
});

describe('Fargate', () => {
  const tagged = { 'sgp-warden:pod-sg': 'shop' };
  const fargate = (...rules: ReturnType<typeof egress>[]) => {
    const group = shop.world.createSecurityGroup({ vpcId: shop.cluster.vpcId, rules, tags: tagged });
    shop.world.addFargateProfile('shop', 'default');
    shop.world.addFargatePod('shop', { groups: [group.id] });
    return group.id;
  };
  const controlPlane = async (id: string) => verdictOn(await auditOf(sandbox), 'control-plane-path-blocked', id);

  it('a pod without the cluster security group or its rules is cut off from the control plane', async () => {
    const found = await controlPlane(fargate(...OUT_ONLY));
    expect(found).toMatchObject({ verdict: 'fail', state: 'blocked', severity: 'critical' });
    expect(pathsOf(found)).toEqual({ 'tcp 443': 'blocked by ingress', 'tcp 10250': 'blocked by ingress' });
  });

  it('the two rules on both sides open it', async () => {
    const api = shop.cluster.clusterSecurityGroupId;
    const id = fargate(egress('tcp', 443, api), ingress('tcp', 10_250, api));
    shop.world.addRules(api, [ingress('tcp', 443, id)]);
    expect((await controlPlane(id)).verdict).toBe('pass');
  });

  it('pods with the cluster security group itself need no rule of their own', async () => {
    shop.world.addFargateProfile('shop', 'default');
    shop.world.addFargatePod('shop');
    expect((await controlPlane(shop.cluster.clusterSecurityGroupId)).verdict).toBe('pass');
  });
});
