// Whatever fails at whichever call of a path audit, no path is called open that was not proven so, and no finding goes away.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Effect, type Sandbox, startSandbox } from '../../sandbox/index.ts';
import type { AuditReport } from '../../shared/findings/audit-report.ts';
import { memoryStore } from '../../shared/ledger/memory.ts';
import type { LedgerStore } from '../../shared/ledger/store.ts';
import { egress, ingress, pathWorld } from '../support/path-world.ts';
import { auditOf } from '../support/sandbox.ts';

const ANYWHERE = '0.0.0.0/0';

let sandbox: Sandbox;
let store: LedgerStore;

/** Two clusters with sets of every kind: open, blocked, open in part, by a list, tagged only, on Fargate, with a dead reference. */
beforeEach(async () => {
  sandbox = await startSandbox();
  store = memoryStore();
  const shop = pathWorld(sandbox);
  const { world, subnets, cluster, nodeGroup } = shop;
  const list = world.createPrefixList({ entries: subnets.map(({ cidr }) => cidr) });
  const peering = world.peerVpc(cluster.vpcId, { peerGroups: ['sg-000000000000000ee'], status: 'deleted' });
  shop.addPod([egress('-1', undefined, ANYWHERE), ingress('-1', undefined, ANYWHERE)]);
  shop.addPod([egress('tcp', 53, ANYWHERE), ingress('tcp', 8080, nodeGroup.id)]);
  shop.addPod([egress('udp', 53, subnets[0].cidr), egress('tcp', 53, ANYWHERE)]);
  shop.addPod([egress('udp', 53, list.id), egress('tcp', 53, list.id)], [ingress('tcp', 8080, nodeGroup.id)]);
  shop.addPod([
    egress('-1', undefined, ANYWHERE),
    { isEgress: false, protocol: '-1', referencedGroup: world.peerReference(peering.id, 'sg-000000000000000ee') },
  ]);
  const tagged = world.createSecurityGroup({ vpcId: cluster.vpcId, rules: [], tags: { 'sgp-warden:pod-sg': 'shop' } });
  world.createSecurityGroup({ vpcId: cluster.vpcId, rules: [], tags: { 'sgp-warden:pod-sg': 'shop' } });
  world.addFargateProfile('shop', 'default');
  world.addFargatePod('shop', { groups: [tagged.id] });
  const closed = pathWorld(sandbox, 'closed', [egress('-1', undefined, ANYWHERE)]);
  closed.addPod([egress('-1', undefined, ANYWHERE)]);
  // Known by its interface alone: no tag and no branch tells of this set.
  world.addFargateProfile('closed', 'default');
  world.addFargatePod('closed');
  world.removeRules(closed.cluster.clusterSecurityGroupId, ({ isEgress }) => !isEgress);
  sandbox.calls.length = 0;
});

afterEach(() => sandbox.stop());

const keyOf = (each: { ruleId: string; cluster?: string | null | undefined; subject: { id: string } }) =>
  `${each.ruleId} ${each.cluster ?? '-'} ${each.subject.id}`;
const inVerdict = ({ verdicts }: AuditReport, verdict: string) =>
  verdicts
    .filter((each) => each.subject.type === 'security-group-set' && each.verdict === verdict)
    .map(keyOf)
    .sort();
const isReport = (value: unknown): value is AuditReport => typeof value === 'object' && value !== null && 'coverage' in value;

const EFFECTS: [string, Effect][] = [
  ['denied', { kind: 'deny' }],
  ['answered by an HTML page with status 200', { kind: 'html', status: 200 }],
  ['answered by an HTML page with status 404', { kind: 'html', status: 404 }],
  ['cut in half', { kind: 'truncate' }],
  ['answered by an error of ours', { kind: 'error', code: 'InternalError', status: 400 }],
];

describe.each(EFFECTS)('with calls %s', (_name, effect) => {
  it.each([
    ['one call alone', (index: number, struck: number) => index === struck],
    ['every call from one on', (index: number, struck: number) => index >= struck],
  ])('%s: passes only what is open, changes nothing, and says that it is incomplete', async (_which, strikes) => {
    const clean = await auditOf(sandbox, store);
    expect(clean.coverage.filter(({ ok }) => !ok)).toEqual([]);
    const calls = sandbox.calls.length;
    const [passes, fails] = [inVerdict(clean, 'pass'), inVerdict(clean, 'fail')];
    expect([passes.length, fails.length].every((count) => count > 5)).toBe(true);
    for (let struck = 0; struck < calls; struck += 1) {
      sandbox.faults.clear();
      let index = -1;
      sandbox.faults.add({
        when: () => {
          index += 1;
          return strikes(index, struck);
        },
        effect,
      });
      const report = await auditOf(sandbox, store).catch((error: unknown) => error);
      if (!isReport(report)) throw report;
      expect(passes).toEqual(expect.arrayContaining(inVerdict(report, 'pass')));
      expect(fails).toEqual(expect.arrayContaining(inVerdict(report, 'fail')));
      const said = new Set([...report.findings, ...report.unknown].map(keyOf));
      const region = new Set(report.unknown.filter(({ subject }) => subject.type === 'region').map(({ ruleId }) => ruleId));
      const lost = clean.findings.filter((finding) => !said.has(keyOf(finding)) && !region.has(finding.ruleId));
      expect(lost.map(keyOf)).toEqual([]);
      // Nothing resolved, and nothing opened or changed either: a read that failed is news about itself only.
      expect(report.transitions.filter(({ findingId }) => !findingId.startsWith('coverage-gap'))).toEqual([]);
      expect(report.coverage.some(({ ok }) => !ok)).toBe(true);
    }
    sandbox.faults.clear();
    const after = await auditOf(sandbox, store);
    expect([inVerdict(after, 'pass'), inVerdict(after, 'fail')]).toEqual([passes, fails]);
  });
});
