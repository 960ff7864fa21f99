import {
  GetSecretValueCommand,
  type GetSecretValueCommandInput,
  ListSecretsCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { permissionsOf } from '../../../sandbox/lambda/permissions.ts';
import { type Account, account, failure } from '../account.ts';

let aws: Account;
let arn: string;

beforeEach(async () => {
  aws = await account();
  arn = aws.world().createSecret('sgp-warden/slack', '{"botToken":"xoxb-1"}').arn;
});

const get = (given: GetSecretValueCommandInput) => aws.connect(SecretsManagerClient).send(new GetSecretValueCommand(given));

describe('a secret', () => {
  it('has an ARN with six characters of Secrets Manager’s own', () => {
    expect(arn).toMatch(/^arn:aws:secretsmanager:us-east-1:123456789012:secret:sgp-warden\/slack-[A-Za-z0-9]{6}$/);
  });

  it.each<[string, () => string]>([
    ['its ARN', () => arn],
    ['its name', () => 'sgp-warden/slack'],
    ['its ARN without those characters', () => arn.slice(0, -7)],
  ])('is read by %s', async (_, id) => {
    expect(await get({ SecretId: id() })).toMatchObject({
      ARN: arn,
      Name: 'sgp-warden/slack',
      SecretString: '{"botToken":"xoxb-1"}',
      VersionStages: ['AWSCURRENT'],
      CreatedDate: new Date('2026-11-21T12:00:00Z'),
    });
  });

  it('is another text after a rotation, and another version', async () => {
    const before = await get({ SecretId: arn });
    aws.world().putSecret(arn, 'rotated');
    const after = await get({ SecretId: arn });
    expect(after.SecretString).toBe('rotated');
    expect(after.VersionId).not.toBe(before.VersionId);
    expect(await failure(get({ SecretId: arn, VersionId: before.VersionId }))).toMatchObject({ name: 'ResourceNotFoundException' });
    expect(await failure(get({ SecretId: arn, VersionStage: 'AWSPREVIOUS' }))).toMatchObject({
      message: "Secrets Manager can't find the specified secret value for staging label: AWSPREVIOUS",
    });
  });

  it('is one region’s', async () => {
    const elsewhere = aws.world('eu-west-1').createSecret('sgp-warden/slack', 'other');
    expect(await failure(get({ SecretId: elsewhere.arn }))).toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('is told to who asks, and stands in no record', async () => {
    await get({ SecretId: arn });
    expect(aws.calls).toMatchObject([
      { service: 'secretsmanager', action: 'GetSecretValue', params: { SecretId: arn }, mutating: false, outcome: 'OK' },
    ]);
    expect(JSON.stringify(aws.calls)).not.toContain('xoxb');
    expect(aws.calls.flatMap(permissionsOf)).toEqual(['secretsmanager:GetSecretValue']);
  });
});

describe('who asks', () => {
  it('for what is not there is told so, in AWS’s words', async () => {
    const missing = { name: 'ResourceNotFoundException', status: 400, message: "Secrets Manager can't find the specified secret." };
    expect(await failure(get({ SecretId: 'nothing' }))).toEqual(missing);
    expect(await failure(get({ SecretId: arn.slice(0, -1) }))).toEqual(missing);
  });

  it('may be denied and throttled', async () => {
    aws.faults.add({ times: 1, effect: { kind: 'deny' } });
    aws.faults.add({ times: 1, effect: { kind: 'throttle' } });
    expect(await failure(get({ SecretId: arn }))).toMatchObject({
      name: 'AccessDeniedException',
      status: 400,
      message: expect.stringContaining(`not authorized to perform: secretsmanager:GetSecretValue on resource: ${arn}`),
    });
    expect(await failure(get({ SecretId: arn }))).toMatchObject({ name: 'ThrottlingException' });
  });

  it('for another call is refused by name', async () => {
    const refused = await failure(aws.connect(SecretsManagerClient).send(new ListSecretsCommand()));
    expect(refused).toMatchObject({ name: 'UnknownOperationException', message: expect.stringContaining('ListSecrets') });
  });
});

it('a story cannot make two secrets of one name, nor one that is too long, and no mistake of it tells the text', () => {
  expect(() => aws.world().createSecret('sgp-warden/slack', 'x')).toThrow('has a secret sgp-warden/slack already');
  expect(() => aws.world().createSecret('long', 'hidden'.repeat(20_000))).toThrow(/^A secret has 1 to 65536 bytes; this one has 120000\.$/);
});
