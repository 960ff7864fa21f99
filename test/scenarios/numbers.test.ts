// What a run leaves besides its findings: numbers, the note that it was there, the digest of the day; whatever fails around them.
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { cloudWatchClient, sendMeasurements } from '../../shared/channels/cloudwatch.ts';
import type { Measurement } from '../../shared/digests/measurement.ts';
import { WATCH } from '../../shared/digests/record.ts';
import { jsonLogger } from '../../shared/domain/log.ts';
import { acceptFinding } from '../../shared/findings/accept.ts';
import { FINDING } from '../../shared/findings/record.ts';
import { statesOf } from '../../shared/ledger/kind.ts';
import { applyCleanup, planCleanup } from '../../shared/plans/cleanup.ts';
import { work } from '../../shared/run/worker.ts';
import type { WorkerDeps } from '../../shared/run/worker-ports.ts';
import { type Days, daysOf } from '../support/days.ts';

const REGION = 'us-east-1';
const credentials = { accessKeyId: 'AKIASANDBOX000000000', secretAccessKey: 'sandbox' };

let sandbox: Sandbox;
let days: Days;
let log: string[];

beforeEach(async () => {
  sandbox = await startSandbox({ start: new Date('2026-11-21T12:00:00Z') });
  days = daysOf(sandbox, [REGION]);
  log = [];
});
afterEach(() => sandbox.stop());

const target = () => ({ accountId: sandbox.accountId, region: REGION });
const sweep = (deps: WorkerDeps = days.deps) =>
  work(
    deps,
    { kind: 'sweep', trigger: 'schedule', ...target() },
    jsonLogger((line) => log.push(line), deps.clock),
  );
const dailies = () => days.told.filter(({ kind }) => kind === 'daily');
const counted = (metric: string) => log.filter((line) => line.includes(`"${metric}":1`)).length;
const measuredOf = (measurements: readonly Measurement[] | undefined, name: string) =>
  measurements?.find((each) => each.name === name && each.dimensions.region !== undefined)?.value;

function orphan(name: string, pods: number) {
  const world = sandbox.world();
  world.createCluster(name);
  const node = world.addNode(name);
  for (let pod = 0; pod < pods; pod += 1) world.addPod(node.instanceId);
  world.deleteCluster(name);
  world.terminateNode(node.instanceId);
  // A cluster is DELETING for some minutes.
  sandbox.clock.advance(10);
}

describe('the digest', () => {
  it('is one, however many runs see its hour pass at once', async () => {
    await days.sweepUntil('2026-11-22T06:00:00Z');
    sandbox.clock.advance(60);
    await Promise.all(Array.from({ length: 4 }, () => sweep().catch(() => undefined)));
    await sweep();
    expect(dailies()).toHaveLength(1);
  });

  it('stays owed while nobody can be told, and is told once', async () => {
    let isDown = true;
    const [publisher] = days.deps.publishers;
    const flaky: WorkerDeps = {
      ...days.deps,
      publishers: [
        {
          name: 'sns',
          publish: async (all, store) => (isDown ? Promise.reject(new Error('SNS is down')) : (publisher?.publish(all, store) ?? [])),
        },
      ],
    };
    await days.sweepUntil('2026-11-22T06:00:00Z');
    sandbox.clock.advance(60);
    await sweep(flaky);
    expect([dailies().length, counted('PublisherFailures')]).toEqual([0, 1]);
    isDown = false;
    for (const _ of [1, 2]) await sweep(flaky);
    expect(dailies()).toHaveLength(1);
  });

  it('that cannot be written, because another region’s ledger cannot be read, holds up nothing and comes later', async () => {
    const regions = [REGION, 'eu-west-1'];
    let isBroken = true;
    const load: WorkerDeps['store']['load'] = async (of) =>
      isBroken && of.region === 'eu-west-1' ? Promise.reject(new Error('a record of eu-west-1 is malformed')) : days.store.load(of);
    const deps: WorkerDeps = { ...days.deps, regions, store: { ...days.store, load } };
    await sweep({ ...deps, store: days.store });
    sandbox.clock.advance(24 * 60);
    await sweep(deps);
    expect([dailies().length, days.measured.length, counted('Runs'), counted('RunFailures')]).toEqual([0, 2, 2, 1]);
    expect(log.some((line) => line.includes('a record of eu-west-1 is malformed'))).toBe(true);
    isBroken = false;
    await sweep(deps);
    expect(dailies()).toHaveLength(1);
  });

  it.each([
    ['of another region is not sent', { regions: ['eu-west-1', REGION] }, {}],
    ['that is off is not sent', {}, { digestHourUtc: undefined }],
  ])('%s', async (_name, deps, settings) => {
    days = daysOf(sandbox, [REGION], settings);
    const other: WorkerDeps = { ...days.deps, ...deps };
    for (let hour = 0; hour < 30; hour += 5) {
      await sweep(other);
      sandbox.clock.advance(300);
    }
    expect(dailies()).toEqual([]);
  });
});

describe('the numbers', () => {
  it('are sent once in each run, and every run is noted', async () => {
    for (const _ of [1, 2, 3]) await sweep();
    expect(days.measured).toHaveLength(3);
    expect(statesOf(await days.store.load(target()), WATCH)[0]).toMatchObject({ audits: 3 });
  });

  it('are no zeros where a read was denied, and what is known to be open stays', async () => {
    const denied = sandbox.faults.add({ when: ({ action }) => action === 'DescribeNetworkInterfaces', effect: { kind: 'deny' } });
    await sweep();
    expect([measuredOf(days.measured[0], 'Orphans'), measuredOf(days.measured[0], 'CoverageGaps')]).toEqual([
      undefined,
      expect.any(Number),
    ]);
    denied();
    orphan('shop', 2);
    for (const _ of [1, 2]) {
      await sweep();
      sandbox.clock.advance(45);
    }
    expect(measuredOf(days.measured.at(-1), 'Orphans')).toBe(2);
    sandbox.faults.add({ when: ({ action }) => action === 'DescribeCluster', effect: { kind: 'deny' } });
    await sweep();
    expect(measuredOf(days.measured.at(-1), 'Orphans')).toBe(2);
  });

  it('of a run that did not learn whose account it is are none: it comes again', async () => {
    sandbox.faults.add({ when: ({ action }) => action === 'GetCallerIdentity', effect: { kind: 'deny' } });
    await expect(sweep()).rejects.toThrow(/GetCallerIdentity/);
    expect([days.measured, counted('Runs'), await days.store.load({ ...target(), accountId: 'unknown' })]).toEqual([[], 0, []]);
  });

  it('that cannot be sent hold up nothing, and are counted', async () => {
    sandbox.faults.add({ when: ({ action }) => action === 'PutMetricData', effect: { kind: 'deny' } });
    const client = cloudWatchClient(REGION, { endpoint: sandbox.endpoint, credentials });
    orphan('shop', 1);
    await sweep({ ...days.deps, sendMeasurements: (all, at) => sendMeasurements(client, all, at) });
    expect(counted('PublisherFailures')).toBe(1);
    expect(log.some((line) => line.includes('"publisher":"cloudwatch"') && line.includes('cloudwatch:namespace is SgpWarden'))).toBe(true);
    expect([days.told.length > 0, counted('Runs')]).toEqual([true, 1]);
  });

  it('are sent while a publisher is slow', async () => {
    const { promise: sent, resolve: send } = Promise.withResolvers<void>();
    orphan('shop', 1);
    await sweep({
      ...days.deps,
      publishers: [{ name: 'sns', publish: (all) => sent.then(() => all.map(({ id }) => ({ id, delivered: true }))) }],
      sendMeasurements: async () => {
        send();
        return undefined;
      },
    });
    expect([counted('PublisherFailures'), counted('Runs')]).toEqual([0, 1]);
  });

  it('that break are counted, too', async () => {
    await sweep({ ...days.deps, sendMeasurements: () => Promise.reject(new Error('no memory')) });
    expect([counted('PublisherFailures'), counted('Runs')]).toEqual([1, 1]);
  });

  it('tell how often AWS asked to go slower', async () => {
    sandbox.faults.add({ when: ({ action }) => action === 'DescribeNetworkInterfaces', times: 2, effect: { kind: 'throttle' } });
    await sweep();
    expect(measuredOf(days.measured[0], 'Throttles')).toBe(2);
    await sweep();
    expect(measuredOf(days.measured[1], 'Throttles')).toBe(0);
  });
});

it('what a person’s audit or cleanup with the stack’s ledger sees first is told by the stack', async () => {
  await sweep();
  orphan('shop', 1);
  const person = { ...days.deps, publishers: [] };
  const request = { region: REGION, clusters: [], max: 10 };
  const told = () =>
    days.told.flatMap((each) =>
      each.kind === 'transition' && each.finding.ruleId === 'orphaned-branch-eni' ? [each.transition.kind] : [],
    );
  await planCleanup(person, request);
  await sweep();
  expect(told()).toEqual(['opened']);
  sandbox.clock.advance(45);
  await applyCleanup(person, request, await planCleanup(person, request), { halt: () => undefined, sleep: async () => undefined });
  await sweep();
  expect(told()).toEqual(['opened', 'changed', 'cleaned']);
});

it('what was accepted as a suspect is told of when it is proven, and not deleted either', async () => {
  orphan('shop', 1);
  await sweep();
  const [suspect] = statesOf(await days.store.load(target()), FINDING).filter(({ finding }) => finding.state === 'suspect');
  const request = { findingId: suspect?.finding.id ?? '', reason: 'r', owner: 'o', by: 'arn:aws:iam::123456789012:user/anna' };
  const until = new Date('2026-11-30T23:59:59.999Z');
  expect(await acceptFinding({ store: days.store, clock: days.deps.clock }, target(), { ...request, until })).toMatchObject({
    accepted: true,
  });
  sandbox.clock.advance(45);
  await sweep();
  const last = days.told.filter((each) => each.kind === 'transition' && each.finding.id === request.findingId).at(-1);
  expect(last).toMatchObject({ transition: { kind: 'changed' }, finding: { state: 'orphan' } });
  const { plan } = await planCleanup(days.deps, { region: REGION, clusters: [], max: 10 });
  expect([plan.deletions, plan.refusals.map(({ guard }) => guard)]).toEqual([[], ['not-accepted']]);
});

it('an accepted orphan that gets another cluster tag is told of as another finding, and not deleted either', async () => {
  orphan('shop', 1);
  await sweep();
  const [kept] = statesOf(await days.store.load(target()), FINDING).filter(({ finding }) => finding.state === 'suspect');
  const request = { findingId: kept?.finding.id ?? '', reason: 'r', owner: 'o', by: 'arn:aws:iam::123456789012:user/anna' };
  const until = new Date('2026-11-30T23:59:59.999Z');
  expect(await acceptFinding({ store: days.store, clock: days.deps.clock }, target(), { ...request, until })).toMatchObject({
    accepted: true,
  });
  const eni = sandbox.world().state.interfaces.get(kept?.finding.subject.id ?? '');
  Object.assign(eni?.tags ?? {}, { 'kubernetes.io/cluster/zoo': 'owned' });
  for (const _ of [1, 2, 3]) {
    await sweep();
    sandbox.clock.advance(45);
  }
  expect(days.told.at(-1)).toMatchObject({ kind: 'transition', finding: { state: 'orphan', cluster: 'shop+zoo' } });
  const { plan } = await planCleanup(days.deps, { region: REGION, clusters: [], max: 10 });
  expect([plan.deletions, plan.refusals.map(({ guard }) => guard)]).toEqual([[], ['not-accepted']]);
});

it('an accepted orphan is shown, alerts nobody, and no cleanup deletes it until that ends', async () => {
  orphan('shop', 2);
  for (const _ of [1, 2]) {
    await sweep();
    sandbox.clock.advance(45);
  }
  const [kept] = statesOf(await days.store.load(target()), FINDING).filter(({ finding }) => finding.ruleId === 'orphaned-branch-eni');
  const findingId = kept?.finding.id ?? '';
  const request = { findingId, reason: 'for the auditors', owner: 'web-team', by: 'arn:aws:iam::123456789012:user/anna' };
  const until = new Date('2026-11-22T23:59:59.999Z');
  expect(await acceptFinding({ store: days.store, clock: days.deps.clock }, target(), { ...request, until })).toMatchObject({
    accepted: true,
  });

  // Even before an audit has told of it.
  const { plan } = await planCleanup(days.deps, { region: REGION, clusters: [], max: 10 });
  expect([plan.deletions.length, plan.refusals.map(({ guard }) => guard)]).toEqual([1, ['not-accepted']]);
  await days.cleanUp(REGION);
  expect([...sandbox.world().state.interfaces.keys()]).toContain(kept?.finding.subject.id);
  const toldOfIt = () =>
    days.told.flatMap((each) => (each.kind === 'transition' && each.finding.id === findingId ? [each.transition.kind] : []));
  await sweep();
  expect(toldOfIt()).toEqual(['opened', 'changed', 'suppressed']);
  expect([measuredOf(days.measured.at(-1), 'Orphans'), measuredOf(days.measured.at(-1), 'AcceptedFindings')]).toEqual([0, 1]);

  await days.sweepUntil('2026-11-23T01:00:00Z');
  expect(toldOfIt()).toEqual(['opened', 'changed', 'suppressed', 'changed']);
  await days.cleanUp(REGION);
  await sweep();
  expect([...sandbox.world().state.interfaces.keys()]).not.toContain(kept?.finding.subject.id);
  expect(toldOfIt().at(-1)).toBe('cleaned');
  expect(sandbox.harm).toEqual([]);
});
