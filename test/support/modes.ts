// A stack that may delete, in the sandbox: a deleted cluster's orphans, and somebody who answers plans.
import { deployStack, type SlackParams, type Stack } from '../../sandbox/demo/stack.ts';
import type { Sandbox, SandboxCall } from '../../sandbox/index.ts';
import type { Target } from '../../shared/domain/finding.ts';
import { dynamoClient, dynamoStore } from '../../shared/ledger/dynamodb/store.ts';
import { newestFirst, statesOf } from '../../shared/ledger/kind.ts';
import type { LedgerStore } from '../../shared/ledger/store.ts';
import { type DecisionAnswer, decidePlan } from '../../shared/plans/decide-plan.ts';
import type { DeletionRecord } from '../../shared/plans/deletion.ts';
import type { DecisionRecord, ProposedPlan } from '../../shared/plans/plan.ts';
import { DECISION, DELETION, PLAN } from '../../shared/plans/record.ts';

export const ANNA = 'arn:aws:iam::123456789012:user/anna';
const BRANCH = 'aws-k8s-branch-eni';

/** What the subscribed queue got. */
export interface Message {
  id: string;
  kind: string;
  [field: string]: unknown;
}

export interface ModeStack extends Stack {
  target: Target;
  store: LedgerStore;
  /** A cluster with so many pods loses its control plane first; its nodes follow a minute later. */
  orphan(cluster: string, pods: number): Promise<void>;
  /** What is left of a cluster's branch interfaces. */
  branchesOf(cluster: string): string[];
  plans(): Promise<ProposedPlan[]>;
  decide(plan: string, verdict?: 'approve' | 'reject', by?: string): Promise<DecisionAnswer>;
  decisions(): Promise<DecisionRecord[]>;
  deletions(): Promise<DeletionRecord[]>;
  received(): Message[];
  told(kind: string): Message[];
  /** What people were told of plans, in order. */
  eventsTold(): unknown[];
  /** The interfaces of which people were told, singly or in a digest. */
  toldOf(transition: string): string[];
  /** Every call that asked EC2 to delete an interface. */
  deleting(): SandboxCall[];
  /** What invocations that nobody killed ended with. */
  failures(): unknown[];
  /** Puts a message on the cleanup queue, as anybody with access to it could. */
  inject(body: unknown): Promise<void>;
}

/** Deploys the packaged stack in one mode; deletions are paced at a hundred a second, because they wait in real time. */
export async function deployMode(
  sandbox: Sandbox,
  mode: string,
  settings: Readonly<Record<string, string>> = {},
  slack?: SlackParams,
): Promise<ModeStack> {
  const stack = await deployStack(sandbox, { CLEANUP_MODE: mode, CLEANUP_RATE_PER_SECOND: '100', ...settings }, slack);
  const world = sandbox.world();
  const target = { accountId: sandbox.accountId, region: world.region };
  const credentials = { accessKeyId: 'AKIAANNA000000000000', secretAccessKey: 'anna' };
  const clock = () => sandbox.clock.now();
  const store = dynamoStore({ client: dynamoClient(world.region, { endpoint: sandbox.endpoint, credentials }), table: stack.table, clock });
  const records = () => store.load(target);
  const received = () => sandbox.published.map((each) => JSON.parse(each.texts.default ?? each.message) as Message);
  const told = (kind: string) => received().filter((message) => message.kind === kind);
  return {
    ...stack,
    target,
    store,
    orphan: async (cluster, pods) => {
      world.createCluster(cluster);
      const node = world.addNode(cluster);
      for (let pod = 0; pod < pods; pod += 1) world.addPod(node.instanceId);
      await stack.clusterDeleted(cluster);
      world.terminateNode(node.instanceId);
    },
    branchesOf: (cluster) =>
      [...world.state.interfaces.values()]
        .filter(({ description, tags }) => description === BRANCH && tags[`kubernetes.io/cluster/${cluster}`] !== undefined)
        .map(({ id }) => id),
    plans: async () => statesOf(await records(), PLAN).map((state) => state.plan),
    decide: (plan, verdict = 'approve', by = ANNA) => decidePlan({ store, clock }, { target, plan, verdict, by, via: 'cli' }),
    decisions: async () => newestFirst(await records(), DECISION),
    deletions: async () => newestFirst(await records(), DELETION),
    received,
    told,
    eventsTold: () => told('plan').map(({ transition }) => transition),
    toldOf: (of) => {
      const groups = told('digest').flatMap(({ groups }) => groups as { transition: string; subjects: string[] }[]);
      const single = told('transition').flatMap(({ transition, subject }) => (transition === of ? [(subject as { id: string }).id] : []));
      return [...new Set([...single, ...groups.flatMap(({ transition, subjects }) => (transition === of ? subjects : []))])];
    },
    deleting: () => sandbox.calls.filter((call) => call.action === 'DeleteNetworkInterface'),
    failures: () => stack.lambda.invocations.filter((each) => each.error && !each.crashed).map((each) => each.error),
    inject: async (body) => {
      const event = { Records: [{ messageId: 'injected', body: JSON.stringify(body) }] };
      const { error } = await stack.lambda.invoke('cleanup', event);
      if (error) throw new Error(error.errorMessage);
      await stack.lambda.runUntilIdle();
    },
  };
}
