// Slack and the packaged stack that only reports: faults of Slack hold up nobody, findings can be snoozed, and evidence is a click away.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ANNA, BEN, PLATFORM, startTeamSlack, type TeamSlack } from '../../sandbox/demo/slack.ts';
import { egress, ingress, type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { seen } from '../../sandbox/slack/index.ts';
import { CLICK } from '../../shared/channels/slack/record.ts';
import { ACCEPTANCE } from '../../shared/findings/record.ts';
import { newestFirst, statesOf } from '../../shared/ledger/kind.ts';
import { deployMode, type ModeStack } from '../support/modes.ts';

let sandbox: Sandbox;
let team: TeamSlack;
let stack: ModeStack;
let group: string;
beforeEach(async () => {
  sandbox = await startSandbox();
  team = await startTeamSlack(sandbox, { rates: false });
  stack = await deployMode(sandbox, 'report', {}, team.params);
  const world = sandbox.world();
  const vpc = world.createVpc({ cidr: '10.20.0.0/16' });
  const subnet = world.createSubnet({ vpcId: vpc.id, cidr: '10.20.1.0/24' });
  const open = [ingress('-1', undefined, vpc.cidr), egress('-1', undefined, '0.0.0.0/0')];
  group = world.createSecurityGroup({ name: '<!channel> *web* :fire:x', vpcId: vpc.id, rules: [ingress('-1', undefined, vpc.cidr)] }).id;
  world.createCluster('shop', { vpcId: vpc.id, subnetIds: [subnet.id] });
  world.installAddon('shop', 'vpc-cni');
  const node = world.addNode('shop', {
    subnetId: subnet.id,
    securityGroups: [world.createSecurityGroup({ name: 'nodes', vpcId: vpc.id, rules: open }).id],
  });
  world.addPod(node.instanceId, { securityGroups: [group] });
});
afterEach(async () => {
  await stack.stop();
  await team.stop();
  await sandbox.stop();
});

const theFinding = () => {
  const [message] = team.find(`dns-path-blocked/123456789012/us-east-1/shop/${group}`);
  if (!message) throw new Error(`no pods without DNS are told of:\n${team.slack.messages(PLATFORM).map((each) => seen(each).text)}`);
  return message;
};
const thread = () => team.slack.thread(PLATFORM, theFinding().ts).map((reply) => seen(reply).text);
const failuresOf = (publisher: string) =>
  stack.lambda.invocations
    .flatMap(({ metrics }) => metrics)
    .filter(({ name, dimensions }) => name === 'PublisherFailures' && dimensions.publisher === publisher);
const rules = () => [egress('udp', 53, '0.0.0.0/0'), egress('tcp', 53, '0.0.0.0/0')];

it('pods without DNS are one message, whatever becomes of them, and their names are text', async () => {
  await stack.live(60);
  expect(seen(theFinding())).toMatchObject({
    text: expect.stringContaining('<!channel> *web* :fire:x'),
    ...{ mentions: [], links: [], emoji: [], formatted: [] },
  });
  const before = team.slack.messages(PLATFORM).length;
  sandbox.world().addRules(group, rules());
  await stack.live(30);
  expect(seen(theFinding()).text).toMatch(/^RESOLVED/);
  sandbox.world().removeRules(group, ({ isEgress }) => isEgress);
  await stack.live(30);
  expect(seen(theFinding()).text).toMatch(/^CRITICAL/);
  expect(team.slack.messages(PLATFORM)).toHaveLength(before);
  expect(thread().filter((reply) => /UTC {2}(RESOLVED|CRITICAL)/.test(reply))).toHaveLength(2);
  expect(team.slack.refused).toEqual([]);
});

it('a snooze by who may silences it for as long, and is told in the message; nobody else may, and not twice', async () => {
  await stack.live(30);
  const snooze = (user: string, option = '1 day') =>
    stack.clicked(team.slack.click({ channel: PLATFORM, ts: theFinding().ts, action: 'snooze', option, user, from: message }));
  const message = theFinding();
  await snooze(BEN);
  expect(team.slack.ephemerals.at(-1)?.text).toMatch(/^Not snoozed: U0BEN may not snooze/);
  await snooze(ANNA);
  expect(team.slack.ephemerals.at(-1)?.text).toMatch(/^Snoozed: sg-.* is accepted until 2026-11-22; anna answers for it/);
  expect(seen(theFinding()).text).toMatch(/^SUPPRESSED/);
  await snooze(ANNA, '30 days');
  expect(team.slack.ephemerals.at(-1)?.text).toMatch(/^Not snoozed: .* is already accepted until/);
  const records = await stack.store.load(stack.target);
  expect(statesOf(records, ACCEPTANCE)).toEqual([expect.objectContaining({ reason: 'snoozed for 1 day in Slack', owner: 'anna' })]);
  expect(
    newestFirst(records, CLICK)
      .map(({ action, accepted }) => `${action} ${accepted}`)
      .sort(),
  ).toEqual(['snooze false', 'snooze false', 'snooze true']);
  const told = team.slack.calls.length;
  await stack.live(60);
  expect(team.slack.calls).toHaveLength(told);
  await stack.live(24 * 60);
  expect(seen(theFinding()).text).toMatch(/^CRITICAL.*the acceptance ended/s);
  expect(stack.failures()).toEqual([]);
});

it('anybody may see the evidence, in the thread', async () => {
  await stack.live(30);
  await stack.clicked(team.slack.click({ channel: PLATFORM, ts: theFinding().ts, action: 'evidence', user: BEN }));
  expect(team.slack.ephemerals.at(-1)?.text).toBe('The evidence follows in the thread.');
  expect(thread().join('\n')).toMatch(/Evidence as of .*asked for by/);
  expect(team.slack.refused).toEqual([]);
});

const FAULTS: Readonly<Record<string, () => () => void>> = {
  'is down': () => team.slack.faults.add({ effect: { kind: 'status', status: 503 } }),
  'does not know the token any more': () => {
    team.slack.rotate({ botToken: 'xoxb-2-sandbox' });
    // Whoever rotated it puts it where it belongs, and deploys nothing.
    const [secret] = sandbox.world().state.secrets.values();
    return () => sandbox.world().putSecret(secret?.arn ?? '', JSON.stringify({ ...team.params.secret, botToken: 'xoxb-2-sandbox' }));
  },
  'has archived the channel': () => {
    team.slack.archive(PLATFORM);
    return () => team.slack.unarchive(PLATFORM);
  },
};
describe.each(Object.entries(FAULTS))('where Slack %s', (_, breakDown) => {
  it('e-mail goes out as ever, an alarm has what it needs, and the next run tells Slack', async () => {
    const mend = breakDown();
    await stack.live(30);
    expect(stack.told('transition').length).toBeGreaterThan(0);
    expect(team.slack.messages(PLATFORM)).toEqual([]);
    expect(failuresOf('slack')).toHaveLength(1);
    expect(failuresOf('sns')).toEqual([]);
    const mails = stack.received().length;
    mend();
    await stack.live(30);
    expect(seen(theFinding()).text).toMatch(/^CRITICAL/);
    expect(stack.received()).toHaveLength(mails);
    expect(stack.lambda.invocations.flatMap(({ log }) => log.map(({ text }) => text)).join('\n')).not.toMatch(/xoxb|8f742231/);
    expect(stack.failures()).toEqual([]);
  });
});
