// Ten days of a stack that audits two regions, as its mailbox shows them: what a person would want to read in the morning.
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import type { Announcement } from '../../shared/content/announcement.ts';
import { acceptFinding } from '../../shared/findings/accept.ts';
import { type Days, daysOf, mailbox } from '../support/days.ts';
import { pathWorld } from '../support/path-world.ts';

const [HOME, OTHER] = ['us-east-1', 'eu-west-1'];
const ANNA = 'arn:aws:iam::123456789012:user/anna';

let sandbox: Sandbox;
let days: Days;
/** What was told of the accepted finding, in order. */
let transitions: Announcement[];

/** A cluster with pods loses its control plane first, then its nodes. */
function orphan(region: string, name: string, pods: number) {
  const world = sandbox.world(region);
  world.createCluster(name);
  const node = world.addNode(name);
  for (let pod = 0; pod < pods; pod += 1) world.addPod(node.instanceId);
  world.deleteCluster(name);
  world.terminateNode(node.instanceId);
}

beforeAll(async () => {
  sandbox = await startSandbox({ start: new Date('2026-11-21T12:00:00Z') });
  days = daysOf(sandbox, [HOME, OTHER]);
  // Saturday: deployed, and nothing is wrong.
  await days.sweepUntil('2026-11-22T14:00:00Z');
  orphan(OTHER, 'checkout', 6);
  await days.sweepUntil('2026-11-23T10:00:00Z');
  const set = pathWorld(sandbox, 'web').addPod([]);
  orphan(HOME, 'batch', 2);
  await days.sweepUntil('2026-11-24T09:00:00Z');
  await days.cleanUp(OTHER);
  const target = { accountId: sandbox.accountId, region: HOME };
  for (const rule of ['dns-path-blocked', 'probe-path-blocked']) {
    const findingId = `${rule}/${sandbox.accountId}/${HOME}/web/${set}`;
    const request = {
      findingId,
      reason: 'load test, no names needed',
      owner: 'web-team',
      until: new Date('2026-12-01T23:59:59.999Z'),
      by: ANNA,
    };
    const answer = await acceptFinding({ store: days.store, clock: days.deps.clock }, target, request);
    if (!answer.accepted) throw new Error(answer.says);
  }
  await days.sweepUntil('2026-11-25T12:00:00Z');
  const readable = sandbox.faults.add({
    when: ({ action, region }) => action === 'DescribeNetworkInterfaces' && region === OTHER,
    effect: { kind: 'deny' },
  });
  await days.sweepUntil('2026-11-26T12:00:00Z');
  readable();
  // Somebody deletes what is left by hand.
  const { state } = sandbox.world(HOME);
  for (const { id, tags } of [...state.interfaces.values()]) {
    if (Object.hasOwn(tags, 'kubernetes.io/cluster/batch')) sandbox.world(HOME).removeInterface(id);
  }
  await days.sweepUntil('2026-12-04T08:00:00Z');
  transitions = days.told.filter(({ kind, id }) => kind === 'transition' && id.startsWith('dns-path-blocked'));
});

afterAll(() => sandbox.stop());

const golden = (name: string): string => readFileSync(new URL(`./goldens/${name}`, import.meta.url), 'utf8');

describe('ten days', () => {
  it('make the mailbox of the golden file', () => {
    expect(mailbox(days.told)).toBe(golden('week-of-digests.txt'));
  });

  it('tell of what was accepted that it is so, and of its end, and nothing else', () => {
    expect(transitions.map((each) => each.kind === 'transition' && `${each.transition.kind} ${each.transition.at.slice(0, 10)}`)).toEqual([
      'opened 2026-11-23',
      'suppressed 2026-11-24',
      'changed 2026-12-02',
    ]);
  });

  it('harm nobody, and lose no number', () => {
    expect(sandbox.harm).toEqual([]);
    expect(days.log.filter((line) => /"level":"error"/.test(line))).toEqual([]);
  });
});
