// Somebody changes a rule: who it was, what it cut off and how to undo it; the packaged functions over the sandbox.
import {
  AuthorizeSecurityGroupEgressCommand,
  EC2Client,
  RevokeSecurityGroupEgressCommand,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { singleSignOn } from '../../sandbox/cloudtrail/identities.ts';
import { deployStack, type Stack } from '../../sandbox/demo/stack.ts';
import { type Sandbox, type SandboxCall, startSandbox } from '../../sandbox/index.ts';
import { egress, ingress, type PathWorld, pathWorld } from '../support/path-world.ts';

const ANYWHERE = '0.0.0.0/0';
const ANNA = { by: singleSignOn('123456789012', 'Admin', 'anna@example.com'), tool: 'terraform', sourceIpAddress: '198.51.100.9' } as const;

let sandbox: Sandbox;
let stack: Stack;
let ec2: EC2Client;
let shop: PathWorld;
let setId: string;

beforeEach(async () => {
  sandbox = await startSandbox();
  stack = await deployStack(sandbox);
  ec2 = new EC2Client({
    region: 'us-east-1',
    endpoint: sandbox.endpoint,
    credentials: { accessKeyId: 'AKIAANNA000000000000', secretAccessKey: 'x' },
  });
  shop = pathWorld(sandbox);
  setId = shop.addPod([egress('udp', 53, ANYWHERE), egress('tcp', 53, ANYWHERE), ingress('-1', undefined, '10.0.0.0/8')]);
  const blog = pathWorld(sandbox, 'blog');
  blog.addPod([egress('-1', undefined, ANYWHERE), ingress('-1', undefined, '10.0.0.0/8')]);
  await stack.live(30);
});
afterEach(async () => {
  ec2.destroy();
  await stack.stop();
  await sandbox.stop();
});

interface Message {
  kind: string;
  transition: string;
  [field: string]: unknown;
}
const received = (): Message[] => sandbox.published.map((each) => JSON.parse(each.texts.default ?? each.message) as Message);
const since = (n: number) => received().slice(n);
const lastCall = () => sandbox.calls.filter(({ accessKeyId }) => accessKeyId === 'AKIAANNA000000000000').at(-1) as SandboxCall;
const udp53 = [{ IpProtocol: 'udp', FromPort: 53, ToPort: 53, IpRanges: [{ CidrIp: ANYWHERE }] }];

async function revokeDns() {
  await ec2.send(new RevokeSecurityGroupEgressCommand({ GroupId: setId, IpPermissions: udp53 }));
  await stack.changed([lastCall()], ANNA);
}

describe('a rule that somebody revokes', () => {
  it('is told of a minute later: who, what pods lost, and how to undo it', async () => {
    const before = received().length;
    await revokeDns();
    const told = since(before);
    console.log(
      stack.lambda.invocations
        .slice(-4)
        .map((each) => JSON.stringify(each.log.map((l) => l.text ?? l)) + JSON.stringify(each.error ?? null))
        .join('\n'),
    );
    expect(told.map(({ kind, transition }) => `${kind} ${transition}`).sort()).toEqual(['change lost', 'transition opened']);
    console.log(
      sandbox.published
        .slice(before)
        .map((each) => `${each.subject}\n${each.texts.email}`)
        .join('\n\n'),
      JSON.stringify(told, null, 1),
    );
  });
});
