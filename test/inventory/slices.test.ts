// What must hold of every slice, of those that are added later, too: it is read, and a call that is denied is a gap of it, never an absence.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import type { SliceName } from '../../shared/domain/inventory.ts';
import { collect } from '../../shared/inventory/collect.ts';
import { sliceCoverage } from '../../shared/inventory/coverage.ts';
import { SLICES } from '../../shared/inventory/slices.ts';
import { egress, ingress, pathWorld } from '../support/path-world.ts';
import { depsOf } from '../support/sandbox.ts';

const ANYWHERE = '0.0.0.0/0';
const NAMES = SLICES.map(({ name }) => name);

let sandbox: Sandbox;

/** A deleted cluster's orphan and trunk, and a living one with everything that a path can depend on. */
beforeAll(async () => {
  sandbox = await startSandbox();
  const shop = pathWorld(sandbox);
  const { world, subnets, cluster } = shop;
  const list = world.createPrefixList({ entries: subnets.map(({ cidr }) => cidr) });
  const peering = world.peerVpc(cluster.vpcId, { peerGroups: ['sg-000000000000000ee'] });
  shop.addPod(
    [egress('udp', 53, list.id), egress('tcp', 53, list.id)],
    [
      ingress('-1', undefined, ANYWHERE),
      { isEgress: false, protocol: '-1', referencedGroup: world.peerReference(peering.id, 'sg-000000000000000ee') },
    ],
  );
  world.addFargateProfile('shop', 'default');
  world.addFargatePod('shop');
  world.createSecurityGroup({ vpcId: cluster.vpcId, rules: [], tags: { 'sgp-warden:pod-sg': 'shop' } });
  world.putInterface({
    description: 'aws-k8s-branch-eni',
    status: 'available',
    interfaceType: 'branch',
    groups: [world.createSecurityGroup().id],
    tags: {
      'eks:eni:owner': 'eks-vpc-resource-controller',
      'kubernetes.io/cluster/gone': 'owned',
      'vpcresources.k8s.aws/trunk-eni-id': 'eni-0000000000000dead',
      'node.k8s.amazonaws.com/instance_id': 'i-0000000000000dead',
    },
  });
});
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.faults.clear());

function read() {
  const { clientsFor, clock } = depsOf(sandbox);
  const { region } = sandbox.world();
  const needs = new Set<SliceName>(NAMES);
  const request = { needs, clusters: [], corednsSecurityGroups: [], knownInterfaces: ['eni-0123456789abcdef0'] };
  return collect(clientsFor(region), request, clock);
}

it('every slice is read, in full', async () => {
  const inventory = await read();
  expect(Object.keys(inventory).sort()).toEqual([...NAMES].sort());
  expect(sliceCoverage(inventory).filter(({ failures }) => failures.length > 0)).toEqual([]);
});

describe.each(SLICES.map((slice) => [slice.name, slice.actions] as const))('%s', (name, actions) => {
  // Associations are asked for only where a group is held outside of its own VPC, references only within the account.
  const isAsked = !['vpcAssociations', 'referencedGroups', 'staleReferences'].includes(name);

  it.each(actions)('is a gap when %s is denied', async (action) => {
    sandbox.faults.add({ when: (call) => `${call.service}:${call.action}` === action, effect: { kind: 'deny' } });
    const [gap] = sliceCoverage(await read()).filter(({ slice }) => slice === name);
    if (isAsked) expect(gap?.failures.length).toBeGreaterThan(0);
    expect(gap?.failures.every(({ cause }) => cause === 'denied' || cause === 'not-asked')).toBe(true);
  });

  it('says which IAM actions it takes', () => {
    expect(actions.length).toBeGreaterThan(0);
  });
});
