// Two hands in one cluster within minutes: one broke something, the other one changed something else and was watched. Nobody is accused by coincidence.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Change } from '../../shared/changes/change.ts';
import { type AffectedClusters, explaining } from '../../shared/changes/explain.ts';
import type { Finding } from '../../shared/domain/finding.ts';
import type { Slices } from '../../shared/domain/inventory.ts';
import { failed } from '../../shared/findings/finding-state.ts';
import type { Rule } from '../../shared/rules/define.ts';
import { judge } from '../../shared/rules/judge.ts';
import dns from '../../shared/rules/paths/dns-path-blocked.ts';
import probes from '../../shared/rules/paths/probe-path-blocked.ts';
import deleted from '../../shared/rules/paths/security-group-deleted-but-referenced.ts';
import untagged from '../../shared/rules/paths/untagged-for-load-balancer-controller.ts';
import { change, changedRule } from '../support/changes.ts';
import { ACCOUNT_ID, AT, CLUSTER, REGION } from '../support/interfaces.ts';
import { NODE_GROUP, OTHER_GROUP, ok, POD_GROUP, pathSlices, pod, refersTo, rule, rulesOf } from '../support/path-slices.ts';

const TARGET = { accountId: ACCOUNT_ID, region: REGION };
const [LIST, GONE] = ['pl-00000000000000001', 'sg-00000000000000dead'];
const SETTINGS = { minOrphanAgeMinutes: 30, corednsSecurityGroups: [], probePorts: [8080] };

/** The finding that a rule makes of a world. */
function findingIn(of: Rule, world: Partial<Slices>): Finding {
  const inventory = Object.fromEntries(Object.entries(pathSlices(of, world)).map(([name, value]) => [name, ok(value)]));
  const { verdicts } = judge([of], inventory, { ...SETTINGS, target: TARGET, at: AT }, () => []);
  const [fail] = verdicts.filter(({ verdict }) => verdict === 'fail');
  if (!fail) throw new Error(`nothing is wrong in this world: ${verdicts.map(({ summary }) => summary).join('; ')}`);
  return failed(undefined, fail, TARGET, AT).state.finding;
}

const viaList = { peer: { kind: 'prefix-list', id: LIST } } as const;
const twoGroups = { podEnis: [pod({ groups: [POD_GROUP, OTHER_GROUP].map((id) => ({ id, name: id })) })] };

/** What an unwatched hand did, and the finding that it made. */
const BROKEN: readonly (readonly [name: string, Finding])[] = [
  [
    'the prefix list that let DNS out was emptied',
    findingIn(dns, { ...rulesOf({ [POD_GROUP]: ok([rule(POD_GROUP, viaList)]) }), prefixLists: { [LIST]: ok([]) } }),
  ],
  [
    'the prefix list that let pods into CoreDNS was emptied',
    findingIn(dns, {
      ...rulesOf({ [NODE_GROUP]: ok([rule(NODE_GROUP), rule(NODE_GROUP, { isEgress: false, ...viaList })]) }),
      prefixLists: { [LIST]: ok([]) },
    }),
  ],
  [
    'the prefix list that let probes in was emptied',
    findingIn(probes, {
      ...rulesOf({ [POD_GROUP]: ok([rule(POD_GROUP), rule(POD_GROUP, { isEgress: false, ...viaList })]) }),
      prefixLists: { [LIST]: ok([]) },
    }),
  ],
  ['the tag of a group was removed', findingIn(untagged, twoGroups)],
  [
    'a group that a rule names was deleted',
    findingIn(deleted, {
      ...rulesOf({ [POD_GROUP]: ok([rule(POD_GROUP, { peer: refersTo(GONE) })]) }),
      referencedGroups: { [GONE]: ok({ found: false }) },
    }),
  ],
];

const hexOf = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
const strangerGroup = hexOf(16).map((hex) => `sg-f${hex}`);
const at = fc.integer({ min: 0, max: 600 }).map((seconds) => new Date(AT.getTime() - seconds * 1_000).toISOString());
const ofCluster = { groupIds: [], cluster: CLUSTER };
// Settings of the CNI on which no proof rests.
const harmless = fc.dictionary(
  fc.constantFrom('WARM_ENI_TARGET', 'WARM_IP_TARGET', 'AWS_VPC_K8S_CNI_LOGLEVEL'),
  fc.constantFrom('2', 'DEBUG'),
  {
    minKeys: 1,
  },
);

/** Changes of things that no proof of these worlds names. */
const innocent: fc.Arbitrary<Partial<Change>> = fc.oneof(
  harmless.map(
    (env): Partial<Change> => ({
      ...ofCluster,
      call: 'UpdateAddon',
      what: { kind: 'addon', addon: 'vpc-cni', configurationValues: JSON.stringify({ env }) },
    }),
  ),
  fc.constant<Partial<Change>>({ ...ofCluster, call: 'UpdateAddon', what: { kind: 'addon', addon: 'vpc-cni', configurationValues: null } }),
  strangerGroup.map((id): Partial<Change> => ({ call: 'DeleteSecurityGroup', groupIds: [id], what: { kind: 'group-deleted' } })),
  fc
    .tuple(strangerGroup, fc.constantFrom('vpc-associated' as const, 'vpc-disassociated' as const))
    .map(([id, kind]): Partial<Change> => ({ groupIds: [id], what: { kind, vpcId: 'vpc-0123456789abcdef0' } })),
  fc
    .tuple(strangerGroup, hexOf(17))
    .map(
      ([id, hex]): Partial<Change> => ({ groupIds: [], interfaceIds: [`eni-${hex}`], what: { kind: 'interface-groups', groupIds: [id] } }),
    ),
  fc.tuple(strangerGroup, fc.constantFrom('rules-revoked' as const, 'rules-authorized' as const), fc.boolean()).map(
    ([groupId, kind, isEgress]): Partial<Change> => ({
      groupIds: [groupId],
      what: { kind, isEgress, rules: [changedRule({ groupId, isEgress })] },
    }),
  ),
  // The groups of the proof, and a port that nothing asked about.
  fc.tuple(fc.constantFrom(POD_GROUP, NODE_GROUP), fc.boolean(), fc.integer({ min: 9_000, max: 60_000 })).map(
    ([groupId, isEgress, port]): Partial<Change> => ({
      groupIds: [groupId],
      what: {
        kind: 'rules-revoked',
        isEgress,
        rules: [changedRule({ groupId, isEgress, ipProtocol: 'tcp', fromPort: port, toPort: port })],
      },
    }),
  ),
);

const affecting = (of: Change): AffectedClusters => ({ change: of, clusters: [CLUSTER], everywhere: false });

describe.each(BROKEN)('%s by a hand that nobody watched', (_, finding) => {
  it('no change of anything else is named', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(innocent, at), { minLength: 1, maxLength: 5 }),
        fc.constantFrom('lost' as const, 'regained' as const),
        (made, direction) => {
          const changes = made.map(([parts, when], n) => change({ id: `innocent ${n}`, at: when, ...parts }));
          expect(explaining(changes.map(affecting), finding, direction)).toEqual([]);
        },
      ),
    );
  });
});

/** What a watched hand did to the inputs of a proof. */
const GUILTY: readonly (readonly [name: string, Finding, Partial<Change>])[] = [
  [
    'a rule of the pods that let DNS out was revoked',
    findingIn(dns, rulesOf({ [POD_GROUP]: ok([]) })),
    {
      groupIds: [POD_GROUP],
      what: {
        kind: 'rules-revoked',
        isEgress: true,
        rules: [changedRule({ groupId: POD_GROUP, ipProtocol: '-1', fromPort: null, toPort: null })],
      },
    },
  ],
  [
    'a rule that let probes in was modified',
    findingIn(probes, rulesOf({ [POD_GROUP]: ok([rule(POD_GROUP)]) })),
    { groupIds: [POD_GROUP], what: { kind: 'rules-modified', rules: [changedRule({ groupId: POD_GROUP, isEgress: null })] } },
  ],
  [
    'the add-on was set to strict',
    findingIn(probes, {
      ...rulesOf({ [POD_GROUP]: ok([rule(POD_GROUP)]) }),
      cniAddons: { [CLUSTER]: ok({ found: true, enforcingMode: 'strict' }) },
    }),
    {
      ...ofCluster,
      what: { kind: 'addon', addon: 'vpc-cni', configurationValues: '{"env":{"POD_SECURITY_GROUP_ENFORCING_MODE":"strict"}}' },
    },
  ],
  [
    'a group was deleted to which a rule refers',
    findingIn(deleted, {
      ...rulesOf({ [POD_GROUP]: ok([rule(POD_GROUP, { peer: refersTo(GONE) })]) }),
      referencedGroups: { [GONE]: ok({ found: false }) },
    }),
    { groupIds: [GONE], what: { kind: 'group-deleted' } },
  ],
];

describe.each(GUILTY)('%s by a hand that was watched', (_, finding, parts) => {
  it('it alone is named, whatever else was changed and when', () => {
    fc.assert(
      fc.property(at, fc.array(fc.tuple(innocent, at), { maxLength: 5 }), (when, made) => {
        const guilty = change({ id: 'guilty', at: when, ...parts });
        const others = made.map(([of, then], n) => change({ id: `innocent ${n}`, at: then, ...of }));
        expect(explaining([...others, guilty].map(affecting), finding, 'lost')).toEqual([guilty]);
      }),
    );
  });
});
