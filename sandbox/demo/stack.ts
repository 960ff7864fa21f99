// The packaged stack in the sandbox: the template that `npm run deploy` sends to CloudFormation, and the functions that go with it.
import { packagedStack } from '../../scripts/build/stack.ts';
import { type DeployedTemplate, deployTemplate } from '../cloudformation/index.ts';
import { cloudTrailEvent, type Recorded } from '../cloudtrail/event.ts';
import type { SandboxCall } from '../http/faults.ts';
import type { Sandbox } from '../index.ts';
import { functionUrlAnswer, functionUrlEvent, type UrlAnswer, type UrlRequest } from '../lambda/function-url.ts';
import type { Lambda } from '../lambda/index.ts';
import { deleteClusterEvent } from './cloud-trail.ts';

/** The Slack that the stack speaks to: its address, what the secret holds, and who may answer. */
export interface SlackParams {
  apiUrl: string;
  secret: { botToken: string; signingSecret: string; channels: readonly object[] };
  approvers: readonly string[];
}

export interface Stack {
  lambda: Lambda;
  /** A queue that is subscribed to the findings topic: what a team's own automation would get. */
  inbox: string;
  /** Where the audit queue's hopeless messages end. */
  deadLetters: string;
  /** The table that holds the ledger. */
  table: string;
  /** EventBridge every 30 minutes, and whatever falls due in between, for so many minutes. */
  live(minutes: number): Promise<void>;
  /** Somebody deletes a cluster: the call has its effect, and its event arrives. */
  clusterDeleted(name: string): Promise<void>;
  /** A trail recorded these calls, and their events arrive, one after the other; a minute later they are judged. */
  changed(calls: readonly SandboxCall[], recorded?: Recorded): Promise<void>;
  /** A request arrives at the address for Slack's clicks, and all that it asks for is worked off. Gives the answer, and how long it took. */
  clicked(request: UrlRequest): Promise<UrlAnswer & { milliseconds: number }>;
  stop(): Promise<void>;
}

export interface DeployOptions {
  /** Of functions, whatever the template says: as somebody sets them in the console. */
  environment?: Readonly<Record<string, string>>;
}

// What is in the packaged template in the place of the sandbox's own Slack: neither its address nor its secret are known when it is packaged.
const SLACK = {
  SLACK_SECRET_ARN: 'arn:aws:secretsmanager:us-east-1:123456789012:secret:sandbox-slack-AbCdEf',
  SLACK_APPROVERS: 'U00000SANDBOX',
  // Packaging takes no other than Slack's own.
  SLACK_API_URL: 'https://slack.com/api/',
} as const;

/** Packages the stack with these settings, once for the same sources, and deploys it into the sandbox's region. */
export async function deployStack(
  sandbox: Sandbox,
  settings: Readonly<Record<string, string>> = {},
  slack?: SlackParams,
  { environment = {} }: DeployOptions = {},
): Promise<Stack> {
  const world = sandbox.world();
  const { CLEANUP_MODE = 'report', ...parameters } = settings;
  const params = { CLEANUP_MODE, ...(slack ? SLACK : {}) };
  const packaged = await packagedStack(...Object.entries(params).map(([name, value]) => `--param=${name}=${value}`));
  const text = slack ? withSlack(packaged.text, sandbox, slack) : packaged.text;
  const bundles = Object.fromEntries(packaged.functions.map(({ name, bundle }) => [name, bundle]));
  const template = JSON.parse(text) as Parameters<typeof deployTemplate>[1]['template'];
  const named = parametersFor(template, { AUDIT_REGIONS: world.region, ...parameters });
  const deployed = deployTemplate(sandbox, { template, parameters: named, bundles, environment });
  const inbox = world.createQueue('inbox', { visibilityTimeout: 0 });
  world.subscribe(deployed.ref('FindingsTopic'), 'sqs', inbox.arn, { rawMessageDelivery: true });
  return stackOf(sandbox, deployed);
}

function stackOf(sandbox: Sandbox, deployed: DeployedTemplate): Stack {
  const { lambda, live, putEvent, ref, urlFunction = '' } = deployed;
  const world = sandbox.world();
  return {
    lambda,
    inbox: 'inbox',
    deadLetters: 'AuditDeadLetters',
    table: ref('LedgerTable'),
    live,
    clusterDeleted: async (name) => {
      await putEvent(deleteClusterEvent(world.deleteCluster(name), world.region, sandbox.clock.now()));
    },
    changed: async (calls, recorded) => {
      for (const call of calls) await putEvent(cloudTrailEvent(call, recorded));
      await lambda.advance(1);
    },
    clicked: async (request) => {
      const began = performance.now();
      const { result, error } = await lambda.invoke(urlFunction, functionUrlEvent(request));
      const milliseconds = performance.now() - began;
      await lambda.runUntilIdle();
      return { ...(await functionUrlAnswer(error ? Promise.reject(error) : result)), milliseconds };
    },
    stop: () => lambda.stop(),
  };
}

/** The template with the sandbox's Slack in it. The secret is made as an operator makes it. */
function withSlack(text: string, sandbox: Sandbox, { apiUrl, secret, approvers }: SlackParams): string {
  const { arn } = sandbox.world().createSecret('sgp-warden-slack', JSON.stringify(secret));
  return text
    .replaceAll(SLACK.SLACK_SECRET_ARN, arn)
    .replaceAll(SLACK.SLACK_APPROVERS, approvers.join(','))
    .replaceAll(SLACK.SLACK_API_URL, apiUrl);
}

/** The template's parameters, by the settings that they give the functions. */
function parametersFor(
  template: Parameters<typeof deployTemplate>[1]['template'],
  settings: Readonly<Record<string, string>>,
): Record<string, string> {
  const environments = JSON.stringify(template.Resources);
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => {
      const [, id] = new RegExp(`"${name}":(?:\\{"Fn::Join":\\[",",)?\\{"Ref":"(\\w+)"`).exec(environments) ?? [];
      if (id === undefined) throw new Error(`no function of the packaged stack takes its ${name} from a parameter`);
      return [id, value];
    }),
  );
}
