// Every kind of pod group that defeats a check of texts, judged end to end over the sandbox.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import type { AuditReport } from '../../shared/findings/audit-report.ts';
import { egress, ingress, pathsOf, pathWorld, verdictOn } from '../support/path-world.ts';
import { auditOf } from '../support/sandbox.ts';

const ANYWHERE = '0.0.0.0/0';
const WRONG = '172.31.0.0/16';

let sandbox: Sandbox;
let report: AuditReport;
const sets = new Map<string, string>();

beforeAll(async () => {
  sandbox = await startSandbox();
  const shop = pathWorld(sandbox);
  const { world, nodeGroup, subnets } = shop;
  const add = (name: string, ...groups: Parameters<typeof shop.addPod>) => sets.set(name, shop.addPod(...groups));
  const [first, second] = subnets.map(({ cidr }) => cidr);
  const right = world.createPrefixList({ entries: [first ?? '', second ?? ''] });
  const wrong = world.createPrefixList({ entries: [WRONG] });
  const unreadable = world.createPrefixList({ entries: [first ?? '', second ?? ''], ownerId: '999999999999' });
  sandbox.faults.add({
    when: ({ action, params }) => action === 'GetManagedPrefixListEntries' && params.PrefixListId === unreadable.id,
    effect: { kind: 'deny' },
  });

  add('all traffic', [egress('-1', undefined, ANYWHERE)]);
  add('TCP 53 only', [egress('tcp', 53, ANYWHERE)]);
  add('UDP 53 to the wrong network', [egress('tcp', 53, ANYWHERE), egress('udp', 53, WRONG)]);
  add('53 to a reference of the nodes’ group', [egress('tcp', 53, nodeGroup.id), egress('udp', 53, nodeGroup.id)]);
  add('53 to a reference of another group', [egress('tcp', 53, shop.cluster.clusterSecurityGroupId), egress('udp', 53, nodeGroup.id)]);
  add('UDP 53 to a prefix list with the right entries', [egress('tcp', 53, ANYWHERE), egress('udp', 53, right.id)]);
  add('UDP 53 to a prefix list with the wrong entries', [egress('tcp', 53, ANYWHERE), egress('udp', 53, wrong.id)]);
  add('UDP 53 to a prefix list that cannot be read', [egress('tcp', 53, ANYWHERE), egress('udp', 53, unreadable.id)]);
  add('an unreadable list beside a rule that opens', [egress('-1', undefined, ANYWHERE), egress('udp', 53, unreadable.id)]);
  add('an unreadable list for another port', [egress('tcp', 53, ANYWHERE), egress('udp', 123, unreadable.id)]);
  add('port ranges', [egress('udp', [1, 100], ANYWHERE), egress('tcp', [53, 65_535], ANYWHERE)]);
  add('port ranges that miss 53 by one', [egress('udp', [1, 52], ANYWHERE), egress('tcp', [54, 65_535], ANYWHERE)]);
  add('two groups, each for one protocol', [egress('udp', 53, ANYWHERE)], [egress('tcp', 53, ANYWHERE)]);
  add('protocols by number', [egress('17', 53, ANYWHERE), egress('6', 53, ANYWHERE)]);
  add('all of ICMP', [egress('icmp', -1, ANYWHERE)]);
  add('nothing at all', []);
  add('half of the node subnets', [egress('udp', 53, first ?? ''), egress('tcp', 53, ANYWHERE)]);
  add('IPv6 only', [egress('-1', undefined, '::/0')]);

  const closed = pathWorld(sandbox, 'closed', [egress('-1', undefined, ANYWHERE), ingress('tcp', 53, ANYWHERE)]);
  sets.set('CoreDNS side closed', closed.addPod([egress('-1', undefined, ANYWHERE)]));
  sets.set('both sides closed', closed.addPod([egress('tcp', 53, ANYWHERE)]));
  report = await auditOf(sandbox, undefined, { rules: ['dns-path-blocked'] });
});

afterAll(() => sandbox.stop());

const open = { 'udp 53': 'open', 'tcp 53': 'open' };

describe('DNS', () => {
  it.each<[name: string, verdict: string, paths: Record<string, string>]>([
    ['all traffic', 'pass', open],
    ['TCP 53 only', 'fail:blocked', { ...open, 'udp 53': 'blocked by egress' }],
    ['UDP 53 to the wrong network', 'fail:blocked', { ...open, 'udp 53': 'blocked by egress' }],
    ['53 to a reference of the nodes’ group', 'pass', open],
    ['53 to a reference of another group', 'fail:blocked', { ...open, 'tcp 53': 'blocked by egress' }],
    ['UDP 53 to a prefix list with the right entries', 'pass', open],
    ['UDP 53 to a prefix list with the wrong entries', 'fail:blocked', { ...open, 'udp 53': 'blocked by egress' }],
    ['UDP 53 to a prefix list that cannot be read', 'unknown', { ...open, 'udp 53': 'unknown' }],
    ['an unreadable list beside a rule that opens', 'pass', open],
    ['an unreadable list for another port', 'fail:blocked', { ...open, 'udp 53': 'blocked by egress' }],
    ['port ranges', 'pass', open],
    ['port ranges that miss 53 by one', 'fail:blocked', { 'udp 53': 'blocked by egress', 'tcp 53': 'blocked by egress' }],
    ['two groups, each for one protocol', 'pass', open],
    ['protocols by number', 'pass', open],
    ['all of ICMP', 'fail:blocked', { 'udp 53': 'blocked by egress', 'tcp 53': 'blocked by egress' }],
    ['nothing at all', 'fail:blocked', { 'udp 53': 'blocked by egress', 'tcp 53': 'blocked by egress' }],
    ['half of the node subnets', 'fail:partly-open', { ...open, 'udp 53': 'some by egress' }],
    ['IPv6 only', 'fail:blocked', { 'udp 53': 'blocked by egress', 'tcp 53': 'blocked by egress' }],
    ['CoreDNS side closed', 'fail:blocked', { ...open, 'udp 53': 'blocked by ingress' }],
    ['both sides closed', 'fail:blocked', { ...open, 'udp 53': 'blocked by both' }],
  ])('%s: %s', (name, expected, paths) => {
    const { verdict, state, ...found } = verdictOn(report, 'dns-path-blocked', sets.get(name) ?? '');
    expect(state ? `${verdict}:${state}` : verdict).toBe(expected);
    expect(pathsOf(found)).toEqual(paths);
  });

  it('judges every set, and none of them twice', () => {
    const judged = report.verdicts.filter(({ ruleId }) => ruleId === 'dns-path-blocked');
    expect(judged.map(({ subject }) => subject.id).sort()).toEqual([...sets.values()].sort());
  });

  it('names the list that could not be read, and is incomplete for it', () => {
    const { summary } = verdictOn(report, 'dns-path-blocked', sets.get('UDP 53 to a prefix list that cannot be read') ?? '');
    expect(summary).toMatch(/pl-[0-9a-f]+/);
    expect(report.coverage.filter(({ ok }) => !ok).map(({ slice }) => slice)).toEqual(['prefixLists']);
  });

  it('is critical where it is blocked, medium where only some hosts are cut off', () => {
    expect(verdictOn(report, 'dns-path-blocked', sets.get('nothing at all') ?? '').severity).toBe('critical');
    expect(verdictOn(report, 'dns-path-blocked', sets.get('half of the node subnets') ?? '').severity).toBe('medium');
  });

  it('changes nothing in AWS, and reads no leftovers', () => {
    expect(sandbox.calls.filter(({ mutating }) => mutating)).toEqual([]);
    expect(
      sandbox.calls.filter(({ action, params }) => action === 'DescribeNetworkInterfaces' && JSON.stringify(params).includes('available')),
    ).toEqual([]);
  });
});
