// The compiled dashboard and alarms against what the packaged functions really send: by PutMetricData, and by lines of their log.
import { afterEach, describe, expect, it } from '@jest/globals';
import { type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { packagedStack, type Template } from '../../scripts/build/stack.ts';
import { MEASURES } from '../../shared/digests/measurement.ts';
import { METRIC_NAMESPACE } from '../../shared/domain/log.ts';
import { deployMode, type ModeStack } from '../support/modes.ts';
import { pathWorld } from '../support/path-world.ts';
import { propertiesOf, resourcesOf } from './packaged-stack.ts';

let sandbox: Sandbox;
let stack: ModeStack;

afterEach(async () => {
  await stack.stop();
  await sandbox.stop();
});

/** A metric's identity but for the values of its dimensions: `Orphans(account,region)`. */
const identity = (name: string, dimensions: readonly string[]): string => `${name}(${[...dimensions].sort().join()})`;

const failOnce = (action: string, kind: 'deny' | 'throttle' = 'deny', times = 1) =>
  sandbox.faults.add({ when: (call) => call.action === action, times, effect: { kind } });

/** Everything that can happen to a stack of a mode, and is counted. */
async function liveThroughEverything(deletes: boolean) {
  pathWorld(sandbox, 'web').addPod([]);
  await stack.orphan('shop', 4);
  failOnce('PublishBatch', 'deny', 3);
  failOnce('PutMetricData', 'deny', 3);
  await stack.live(120);
  const identityUnread = failOnce('GetCallerIdentity', 'deny', 1_000);
  await stack.live(30);
  identityUnread();
  await stack.lambda.deliverEvent('onClusterEvent', 'no event at all');
  await stack.lambda.invoke('audit', {
    Records: [
      { messageId: '1', body: JSON.stringify({ kind: 'sweep', trigger: 'schedule', accountId: '999999999999', region: 'us-east-1' }) },
    ],
  });
  if (deletes) await cleanUpBadly();
  await stack.live(60);
}

async function cleanUpBadly() {
  const [plan] = await stack.plans();
  await stack.decide(plan?.id ?? '');
  // The first in the order of a plan.
  const [kept = ''] = stack.branchesOf('shop').sort();
  const eni = sandbox.world().state.interfaces.get(kept);
  if (eni) eni.tags['sgp-warden:keep'] = '';
  let deletions = 0;
  sandbox.faults.add({ when: ({ action }) => action === 'DeleteNetworkInterface' && ++deletions === 2, effect: { kind: 'deny' } });
  const identityUnread = failOnce('GetCallerIdentity', 'deny', 1);
  const message = { kind: 'cleanup', ...stack.target, plan: plan?.id };
  await stack.inject(message);
  identityUnread();
  await stack.inject(message);
}

/** What CloudWatch got of it. */
function sent(): Set<string> {
  const { metrics } = sandbox;
  const logged = stack.lambda.invocations.flatMap((each) => each.metrics);
  expect(stack.lambda.invocations.flatMap((each) => each.metricProblems)).toEqual([]);
  expect(new Set([...metrics, ...logged].map(({ namespace }) => namespace))).toEqual(new Set([METRIC_NAMESPACE]));
  return new Set([...metrics, ...logged].map(({ name, dimensions }) => identity(name, Object.keys(dimensions))));
}

interface Widget {
  type: string;
  properties: { metrics?: readonly (readonly unknown[])[]; alarms?: readonly string[]; title: string };
}

/** The dashboard as CloudFormation makes it: references become words, and what is escaped for Fn::Sub is CloudWatch's. */
function widgetsOf(template: Template): readonly Widget[] {
  const { DashboardBody } = propertiesOf(template, 'Dashboard') as { DashboardBody: { 'Fn::Sub': string } };
  const text = DashboardBody['Fn::Sub'];
  const references = [...text.matchAll(/\$\{(?!!)([^}]+)\}/g)].map(([, name]) => name ?? '');
  const known = (name: string) =>
    /^AWS::(AccountId|Region)$/.test(name) || (name.endsWith('.Arn') && name.slice(0, -4) in template.Resources);
  expect(references.filter((name) => !known(name))).toEqual([]);
  return (JSON.parse(text) as { widgets: Widget[] }).widgets;
}

const SEARCHED = /SEARCH\('\{([^,}]+)((?:,\w+)*)\} MetricName="(\w+)"/;

/** The metrics that a line of a widget asks for: one by its name and dimensions, or all that a search finds. */
function askedFor(line: readonly unknown[]): string {
  const [first, name, ...rest] = line;
  if (typeof first === 'string') {
    expect(first).toBe(METRIC_NAMESPACE);
    return identity(
      String(name),
      rest.flatMap((each, index) => (typeof each === 'string' && index % 2 === 0 ? [each] : [])),
    );
  }
  const [, namespace, dimensions = '', searched = ''] = SEARCHED.exec((first as { expression: string }).expression) ?? [];
  expect(namespace).toBe(METRIC_NAMESPACE);
  return identity(searched, dimensions.split(',').filter(Boolean));
}

const onDashboard = (template: Template) =>
  new Set(widgetsOf(template).flatMap(({ properties }) => (properties.metrics ?? []).map(askedFor)));

const byAlarms = (template: Template) =>
  new Set(
    resourcesOf(template, 'AWS::CloudWatch::Alarm').flatMap(([, { Properties }]) => {
      const {
        Namespace,
        MetricName,
        Dimensions = [],
      } = Properties as { Namespace: string; MetricName: string; Dimensions?: { Name: string }[] };
      return Namespace === METRIC_NAMESPACE
        ? [
            identity(
              MetricName,
              Dimensions.map(({ Name }) => Name),
            ),
          ]
        : [];
    }),
  );

describe.each([
  ['report', 'aggregate'],
  ['approve', 'clusters'],
])('in %s mode, with METRICS=%s', (mode, METRICS) => {
  it('the dashboard and the alarms ask for nothing that is never sent, and the dashboard shows everything that is measured', async () => {
    sandbox = await startSandbox();
    stack = await deployMode(sandbox, mode, { METRICS });
    await liveThroughEverything(mode !== 'report');
    const { template } = await packagedStack(`--param=CLEANUP_MODE=${mode}`, `--param=METRICS=${METRICS}`);
    const known = sent();
    expect([...onDashboard(template)].filter((each) => !known.has(each))).toEqual([]);
    expect([...byAlarms(template)].filter((each) => !known.has(each))).toEqual([]);
    const measured = Object.keys(MEASURES).filter((name) => ![...onDashboard(template)].some((each) => each.startsWith(`${name}(`)));
    expect(measured).toEqual([]);
    expect([...known].some((each) => each.endsWith('(account,cluster,region)'))).toBe(METRICS === 'clusters');
    expect(sandbox.harm).toEqual([]);
  });
});
