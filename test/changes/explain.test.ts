import { describe, expect, it } from '@jest/globals';
import type { Change } from '../../shared/changes/change.ts';
import { type AffectedClusters, coinciding, explaining } from '../../shared/changes/explain.ts';
import { change, changedRule, GROUP, NODES } from '../support/changes.ts';
import { pathProof } from '../support/path-proofs.ts';
import { finding } from '../support/reports.ts';

const blocked = (evidence: object, parts: object = {}) =>
  finding({
    ruleId: 'dns-path-blocked',
    cluster: 'payments',
    subject: { type: 'security-group-set', id: GROUP },
    evidence: evidence as never,
    ...parts,
  });
const byEgress = blocked({ proofs: [pathProof('udp', 53, { side: 'egress', groupIds: [GROUP] }), pathProof('tcp', 53)] });
const byIngress = blocked({ proofs: [pathProof('udp', 53, { side: 'ingress', groupIds: ['sg-0ccccccccccccccc3'] })] });

const affecting = (of: Change, clusters = ['payments'], everywhere = false): AffectedClusters => ({ change: of, clusters, everywhere });
const STRICT = '{"env":{"POD_SECURITY_GROUP_ENFORCING_MODE":"strict"}}';
const STANDARD = '{"env":{"POD_SECURITY_GROUP_ENFORCING_MODE":"standard"}}';
const WARM = '{"env":{"WARM_ENI_TARGET":"2"}}';
const addon = (configurationValues: string | null, call = 'UpdateAddon'): Change =>
  change({ id: call, call, groupIds: [], cluster: 'payments', what: { kind: 'addon', addon: 'vpc-cni', configurationValues } });
const rules = (kind: 'rules-revoked' | 'rules-authorized', isEgress: boolean, groupId = GROUP, parts: object = {}): Change =>
  change({
    id: `${kind} ${isEgress} ${groupId}`,
    groupIds: [groupId],
    what: { kind, isEgress, rules: [changedRule({ groupId, isEgress, ...parts })] },
  });

describe('what explains a blocked path', () => {
  it.each<[string, Change, boolean]>([
    ['egress that was revoked from the pods’ group', rules('rules-revoked', true), true],
    ['all traffic that was revoked', rules('rules-revoked', true, GROUP, { ipProtocol: '-1', fromPort: null, toPort: null }), true],
    ['a range that holds the port', rules('rules-revoked', true, GROUP, { fromPort: 1, toPort: 100 }), true],
    ['the protocol by its number', rules('rules-revoked', true, GROUP, { ipProtocol: '17' }), true],
    ['another port', rules('rules-revoked', true, GROUP, { fromPort: 443, toPort: 443 }), false],
    ['the protocol that is open', rules('rules-revoked', true, GROUP, { ipProtocol: 'tcp' }), false],
    ['ingress', rules('rules-revoked', false), false],
    ['egress of another group: those of the pods are known in full', rules('rules-revoked', true, NODES), false],
    ['a rule that was added', rules('rules-authorized', true), false],
    ['rules that the record does not name', change({ what: { kind: 'rules-revoked', isEgress: true, rules: [] } }), true],
    [
      'a rule that was modified',
      change({ what: { kind: 'rules-modified', rules: [changedRule({ isEgress: null, fromPort: 1, toPort: 1 })] } }),
      true,
    ],
    ['a group of the proof that was deleted', change({ what: { kind: 'group-deleted' } }), true],
    ['a group that the proof does not name', change({ groupIds: [NODES], what: { kind: 'group-deleted' } }), false],
    ['the end of its association', change({ what: { kind: 'vpc-disassociated', vpcId: 'vpc-1' } }), true],
    ['the end of another group’s', change({ groupIds: [NODES], what: { kind: 'vpc-disassociated', vpcId: 'vpc-1' } }), false],
    ['a mode of enforcing, on which DNS does not depend', addon(STRICT), false],
    ['an add-on whose configuration says nothing of it', addon(WARM), false],
  ])('%s: %#', (_, of, explains) => {
    expect(explaining([affecting(of)], byEgress, 'lost')).toEqual(explains ? [of] : []);
  });

  it('is nothing of another cluster, unless nobody knows which it was', () => {
    const of = rules('rules-revoked', true);
    expect(explaining([affecting(of, ['search'])], byEgress, 'lost')).toEqual([]);
    expect(explaining([affecting(of, [], true)], byEgress, 'lost')).toEqual([of]);
  });

  it('on the other side is of a group that the proof names', () => {
    const [shown, other] = [rules('rules-revoked', false, 'sg-0ccccccccccccccc3'), rules('rules-revoked', false, NODES)];
    expect(explaining([affecting(other), affecting(shown)], byIngress, 'lost')).toEqual([shown]);
    expect(explaining([affecting(other)], byIngress, 'lost')).toEqual([]);
  });

  it('of an interface is of the set, of its pods, or of a host with the groups that block', () => {
    const eni = 'eni-0aaaaaaaaaaaaaaa1';
    const regrouped = change({ groupIds: [], interfaceIds: [eni], what: { kind: 'interface-groups', groupIds: [NODES, GROUP] } });
    const ofSet = blocked(byEgress.evidence, { subject: { type: 'security-group-set', id: `${GROUP}+${NODES}` } });
    const listed = blocked({ ...byEgress.evidence, interfaces: [eni] });
    const ofHost = blocked({ proofs: [pathProof('udp', 53, { side: 'ingress', groupIds: [GROUP, NODES] })] });
    for (const each of [ofSet, listed, ofHost]) expect(explaining([affecting(regrouped)], each, 'lost')).toEqual([regrouped]);
    expect(explaining([affecting(regrouped)], byEgress, 'lost')).toEqual([]);
  });

  it('is the end of a group to which the rule that came nearest refers', () => {
    const [proof] = [pathProof('udp', 53, { side: 'egress', groupIds: [GROUP] })];
    const nearestMiss = { ruleId: 'sgr-1', misses: ['peer'], says: 'refers to nobody', refersTo: NODES };
    const referring = blocked({ proofs: [{ ...proof, blockedBy: proof.blockedBy.map((side) => ({ ...side, nearestMiss })) }] });
    const deleted = change({ groupIds: [NODES], what: { kind: 'group-deleted' } });
    expect(explaining([affecting(deleted)], referring, 'lost')).toEqual([deleted]);
  });

  it('is told newest first', () => {
    const [old, young] = [change({ id: 'old', at: '2026-11-20T10:00:00.000Z' }), change({ id: 'young', at: '2026-11-20T11:00:00.000Z' })];
    expect(explaining([affecting(old), affecting(young)], byEgress, 'lost').map(({ id }) => id)).toEqual(['young', 'old']);
  });

  it('is told last where its network does not hold the address that the proof shows, whoever was newer', () => {
    const shown = blocked({ proofs: [pathProof('udp', 53, { side: 'egress', groupIds: [GROUP], address: '10.0.9.7' })] });
    const [hit, v6, miss] = ['10.0.0.0/16', '::/0', '192.0.2.0/24'].map((cidr, n) => ({
      ...rules('rules-revoked', true, GROUP, { peer: { kind: cidr === '::/0' ? 'cidr-ipv6' : 'cidr-ipv4', cidr } }),
      id: cidr,
      at: `2026-11-20T1${n}:00:00.000Z`,
    })) as [Change, Change, Change];
    expect(explaining([affecting(hit), affecting(v6), affecting(miss)], shown, 'lost').map(({ id }) => id)).toEqual([
      '10.0.0.0/16',
      '192.0.2.0/24',
    ]);
    // Pods of IPv4 lose nothing by a rule of IPv6, even where nothing else is known.
    expect(explaining([affecting(v6)], shown, 'lost')).toEqual([]);
    // Alone it may have been another host's.
    expect(explaining([affecting(miss)], shown, 'lost')).toEqual([miss]);
  });

  it('is told before what nobody knows the effect of, whoever was newer', () => {
    const revoked = { ...rules('rules-revoked', true), at: '2026-11-20T10:00:00.000Z' };
    const at = '2026-11-20T11:00:00.000Z';
    const modified = change({ id: 'modified', at, what: { kind: 'rules-modified', rules: [changedRule({ isEgress: null })] } });
    expect(explaining([affecting(modified), affecting(revoked)], byEgress, 'lost')).toEqual([revoked, modified]);
  });

  it('of pods among each other may be any port', () => {
    const any = blocked({
      paths: [{ protocol: 'tcp', port: 'any', open: false }],
      proofs: [pathProof('tcp', 1, { side: 'ingress', groupIds: [GROUP] })],
    });
    const of = rules('rules-revoked', false, GROUP, { ipProtocol: 'tcp', fromPort: 8080, toPort: 8080 });
    expect(explaining([affecting(of)], any, 'lost')).toEqual([of]);
  });
});

describe('what explains that a path is open again', () => {
  it.each<[string, Change, boolean]>([
    ['a rule that was added', rules('rules-authorized', true), true],
    ['one that was taken away', rules('rules-revoked', true), false],
    ['a group that was deleted', change({ what: { kind: 'group-deleted' } }), false],
    ['an association of its group', change({ what: { kind: 'vpc-associated', vpcId: 'vpc-1' } }), true],
    ['the end of one', change({ what: { kind: 'vpc-disassociated', vpcId: 'vpc-1' } }), false],
  ])('%s: %#', (_, of, explains) => {
    expect(explaining([affecting(of)], byEgress, 'regained')).toEqual(explains ? [of] : []);
  });
});

describe('an add-on, where the proof rests on the enforcing mode', () => {
  const probes = (assumed = false) =>
    blocked({
      mode: { mode: 'strict', assumed, says: 'strict' },
      proofs: [pathProof('tcp', 8080, { side: 'ingress', groupIds: [GROUP] })],
    });
  it.each<[string, Change, boolean, boolean]>([
    ['that is set to the mode of the proof', addon(STRICT), true, false],
    ['that is set to another mode', addon(STANDARD), false, true],
    ['whose configuration does not state it', addon(WARM), false, false],
    ['whose version changed', addon(null), false, false],
    ['that is created without a mode, which is strict', addon(null, 'CreateAddon'), true, false],
    ['that is deleted, while the proof rests on what somebody stated', addon(null, 'DeleteAddon'), false, false],
  ])('%s: %#', (_, of, lost, regained) => {
    expect(explaining([affecting(of)], probes(), 'lost')).toEqual(lost ? [of] : []);
    expect(explaining([affecting(of)], probes(), 'regained')).toEqual(regained ? [of] : []);
  });

  it('that is deleted explains a mode that is assumed', () => {
    const of = addon(null, 'DeleteAddon');
    expect(explaining([affecting(of)], probes(true), 'lost')).toEqual([of]);
  });

  it('coincides where its configuration was replaced by one that does not state the mode', () => {
    const [warm, strict, version] = [addon(WARM), addon(STRICT), addon(null)];
    expect(coinciding([affecting(warm), affecting(strict), affecting(version)], probes())).toEqual([warm]);
    expect(coinciding([affecting(warm)], byEgress)).toEqual([]);
    expect(coinciding([affecting(warm, ['other'])], probes())).toEqual([]);
  });
});

it.each([[{}], [{ proofs: 'none' }], [{ proofs: [null, { blockedBy: [{ side: 'up', groupIds: [1] }] }] }]])(
  'evidence of another version explains nothing, and is no error: %j',
  (evidence) => {
    expect(explaining([affecting(rules('rules-revoked', true))], blocked(evidence), 'lost')).toEqual([]);
  },
);
