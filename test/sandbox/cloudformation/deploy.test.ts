// A wrong template misbehaves in the sandbox as it would in AWS: what scenarios prove, they prove of what is deployed.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type DeployedTemplate, deployTemplate, type Template } from '../../../sandbox/cloudformation/index.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/index.ts';

const BUNDLE = `
import { request } from 'node:http';
const call = (target, body) => new Promise((resolve, reject) => {
  const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target, authorization: \`AWS4-HMAC-SHA256 Credential=\${process.env.AWS_ACCESS_KEY_ID}/20261121/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=0\` };
  const sent = request(process.env.AWS_ENDPOINT_URL, { method: 'POST', headers }, (answer) => {
    let text = '';
    answer.on('data', (part) => { text += part; });
    answer.on('end', () => (answer.statusCode === 200 ? resolve(text) : reject(new Error(text))));
  });
  sent.on('error', reject);
  sent.end(JSON.stringify(body));
});
export const handler = async (event) => {
  if (event.Records) return { batchItemFailures: [] };
  await call('AmazonSQS.SendMessage', { QueueUrl: process.env.QUEUE_URL, MessageBody: JSON.stringify(event) });
  return 'sent';
};
`;

/** A function that an event starts, a queue that it fills, and another one that works it off. */
const template = (): Template => ({
  Parameters: { Regions: { Type: 'CommaDelimitedList', Default: 'us-east-1' } },
  Conditions: { IsHere: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] } },
  Resources: {
    Dead: { Type: 'AWS::SQS::Queue', Properties: {} },
    Work: {
      Type: 'AWS::SQS::Queue',
      Condition: 'IsHere',
      Properties: { VisibilityTimeout: 60, RedrivePolicy: { deadLetterTargetArn: { 'Fn::GetAtt': ['Dead', 'Arn'] }, maxReceiveCount: 2 } },
    },
    StarterRole: role([{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: { 'Fn::GetAtt': ['Work', 'Arn'] } }]),
    WorkerRole: role([
      {
        Effect: 'Allow',
        Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
        Resource: { 'Fn::GetAtt': ['Work', 'Arn'] },
      },
    ]),
    Starter: functionOf('starter', 'StarterRole', { QUEUE_URL: { Ref: 'Work' }, REGIONS: { 'Fn::Join': [',', { Ref: 'Regions' }] } }),
    Worker: functionOf('worker', 'WorkerRole', {}),
    Mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { BatchSize: 1, EventSourceArn: { 'Fn::GetAtt': ['Work', 'Arn'] }, FunctionName: { 'Fn::GetAtt': ['Worker', 'Arn'] } },
    },
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventPattern: { source: ['aws.eks'], detail: { eventName: ['DeleteCluster'], errorCode: [{ exists: false }] } },
        Targets: [{ Id: 't', Arn: { 'Fn::GetAtt': ['Starter', 'Arn'] } }],
      },
    },
  },
});

function role(Statement: readonly object[]) {
  const policies = [{ PolicyName: 'p', PolicyDocument: { Version: '2012-10-17', Statement } }];
  return { Type: 'AWS::IAM::Role', Properties: { Policies: policies as never } };
}

function functionOf(name: string, of: string, Variables: object) {
  const code = { S3Bucket: 'bucket', S3Key: `any/${name}.zip` };
  return {
    Type: 'AWS::Lambda::Function',
    Properties: { Code: code, Timeout: 30, Environment: { Variables } as never, Role: { 'Fn::GetAtt': [of, 'Arn'] } },
  };
}

const DELETED = { source: 'aws.eks', detail: { eventName: 'DeleteCluster' } };

let folder: string;
let sandbox: Sandbox;
let deployed: DeployedTemplate | undefined;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cloudformation-'));
  writeFileSync(join(folder, 'bundle.mjs'), BUNDLE);
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(async () => {
  await deployed?.lambda.stop();
  deployed = undefined;
  await sandbox.stop();
});

function deploy(
  change: (resources: Record<string, { Type: string; Properties?: Record<string, unknown> }>) => void = () => {},
): DeployedTemplate {
  const of = template();
  change(of.Resources as never);
  const bundle = join(folder, 'bundle.mjs');
  deployed = deployTemplate(sandbox, { template: of, bundles: { starter: bundle, worker: bundle } });
  return deployed;
}
const ended = () => deployed?.lambda.invocations.map(({ functionName, error }) => `${functionName} ${error ? 'failed' : 'ended'}`);

describe('a template', () => {
  it('that is right carries an event to the worker', async () => {
    expect(await deploy().putEvent(DELETED)).toBe(1);
    expect(ended()).toEqual(['starter ended', 'worker ended']);
  });

  it('whose role lacks a permission has its function refused', async () => {
    await deploy((resources) => {
      resources.StarterRole = role([{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: { 'Fn::GetAtt': ['Dead', 'Arn'] } }]);
    }).putEvent(DELETED);
    expect(ended()).toEqual(['starter failed', 'starter failed', 'starter failed']);
    const sent = sandbox.calls.filter(({ action }) => action === 'SendMessage');
    expect(sent.map(({ outcome }) => outcome)).toEqual(Array.from({ length: 3 }, () => expect.stringContaining('AccessDenied')));
  });

  it('whose pattern lacks the name of a call never hears of it', async () => {
    const { putEvent } = deploy();
    expect(await putEvent({ ...DELETED, detail: { eventName: 'CreateCluster' } })).toBe(0);
    expect(await putEvent({ ...DELETED, detail: { eventName: 'DeleteCluster', errorCode: 'AccessDenied' } })).toBe(0);
    expect(ended()).toEqual([]);
  });

  it('whose queue shows a message again before its function has ended is refused, as Lambda refuses it', () => {
    expect(() =>
      deploy((resources) => {
        resources.Work = { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 10 } };
      }),
    ).toThrow('visibility timeout');
  });

  it.each<[string, Parameters<typeof deploy>[0]]>([
    ['a type', (resources) => Object.assign(resources, { Bus: { Type: 'AWS::Events::EventBus' } })],
    [
      'an intrinsic function',
      (resources) => Object.assign(resources.Dead ?? {}, { Properties: { DelaySeconds: { 'Fn::Select': [0, ['5']] } } }),
    ],
    ['a reference', (resources) => Object.assign(resources.Dead ?? {}, { Properties: { DelaySeconds: { Ref: 'Nothing' } } })],
    ['a protocol', (resources) => Object.assign(resources, { S: { Type: 'AWS::SNS::Subscription', Properties: { Protocol: 'sms' } } })],
  ])('with %s that the sandbox does not know does not pass for deployed', (_, change) => {
    expect(() => deploy(change)).toThrow("sandbox's CloudFormation does not know");
  });
});
