import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ConfigError } from '../../../shared/domain/errors.ts';
import { type SlackSecretSource, slackSecret } from '../../../shared/run/clicks/secret.ts';
import { failure } from '../../support/failure.ts';

const ARN = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:slack-AbCdEf';
const TOKEN = 'xoxb-very-secret';
const secretOf = (signingSecret: string) => ({ botToken: TOKEN, signingSecret, channels: [{ channel: 'C0CHANNEL' }] });
const FIRST = secretOf('1'.repeat(32));
const SECOND = secretOf('2'.repeat(32));

type Answer = { text: string } | { status: number; body: string };
const holds = (secret: object): Answer => ({ text: JSON.stringify(secret) });
const refuses = (code: string, message = 'no'): Answer => ({ status: 400, body: JSON.stringify({ __type: code, message }) });

const stops: (() => Promise<unknown>)[] = [];
afterEach(() => Promise.all(stops.splice(0).map((stop) => stop())));

/** Secrets Manager, as far as it is asked: what it answers, in order, the last again and again. */
async function secretsManager(...answers: Answer[]) {
  const asked: { id: string; scope: string }[] = [];
  const server = createServer(async (request, response) => {
    const { SecretId } = JSON.parse(Buffer.concat(await request.toArray()).toString()) as { SecretId: string };
    asked.push({
      id: SecretId,
      scope:
        /Credential=[^,]*/
          .exec(request.headers.authorization ?? '')?.[0]
          .split('/')
          .slice(2)
          .join('/') ?? '',
    });
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    const isText = answer && 'text' in answer;
    response.writeHead(isText ? 200 : (answer?.status ?? 500), { 'content-type': 'application/x-amz-json-1.1' });
    response.end(isText ? JSON.stringify({ ARN, Name: 'slack', SecretString: answer.text }) : answer?.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  let now = 0;
  const source: SlackSecretSource = slackSecret(ARN, {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    clock: () => new Date(now),
  });
  const pass = (ms: number) => {
    now += ms;
  };
  return { source, asked, pass };
}

describe('the Slack secret', () => {
  it('is asked for once, by its ARN and in its region, however many want it', async () => {
    const { source, asked } = await secretsManager(holds(FIRST), holds(SECOND));
    expect(await Promise.all([source.get(), source.get()])).toEqual([FIRST, FIRST]);
    expect(await source.get()).toEqual(FIRST);
    expect(asked).toEqual([{ id: ARN, scope: 'eu-central-1/secretsmanager/aws4_request' }]);
  });

  it('that could not be read is asked for again', async () => {
    const { source } = await secretsManager(refuses('AccessDeniedException'), holds(FIRST));
    await failure(source.get());
    expect(await source.get()).toEqual(FIRST);
  });

  it('is asked for again when it was forgotten', async () => {
    const { source } = await secretsManager(holds(FIRST), holds(SECOND));
    await source.get();
    source.forget();
    expect(await source.get()).toEqual(SECOND);
  });

  it('is read again once a minute at most: whoever cannot sign asks for it', async () => {
    const { source, asked, pass } = await secretsManager(holds(FIRST), holds(SECOND));
    await source.get();
    pass(59_999);
    for (let n = 0; n < 20; n += 1) expect(await source.reread()).toEqual(FIRST);
    expect(asked).toHaveLength(1);
    pass(1);
    expect(await source.reread()).toEqual(SECOND);
    expect(await source.get()).toEqual(SECOND);
    expect(await source.reread()).toEqual(SECOND);
    expect(asked).toHaveLength(2);
  });

  it('is believed for five minutes: one that was replaced because it leaked ends by itself, whatever is signed with it', async () => {
    const { source, asked, pass } = await secretsManager(holds(FIRST), holds(SECOND));
    await source.get();
    pass(299_999);
    expect(await source.get()).toEqual(FIRST);
    expect(asked).toHaveLength(1);
    pass(1);
    expect(await Promise.all([source.get(), source.get()])).toEqual([SECOND, SECOND]);
    expect(asked).toHaveLength(2);
  });

  it('is believed no longer because somebody asks for it again in vain', async () => {
    const { source, pass } = await secretsManager(holds(FIRST), refuses('AccessDeniedException'));
    await source.get();
    for (let minute = 0; minute < 4; minute += 1) {
      pass(60_000);
      await failure(source.reread());
      expect(await source.get()).toEqual(FIRST);
    }
    pass(60_000);
    expect((await failure(source.get())).message).toContain('AccessDeniedException');
  });

  it('stays as it was while it cannot be read again', async () => {
    const { source, asked, pass } = await secretsManager(holds(FIRST), refuses('AccessDeniedException'));
    await source.get();
    pass(60_000);
    await failure(source.reread());
    expect(await source.get()).toEqual(FIRST);
    expect(await source.reread()).toEqual(FIRST);
    expect(asked).toHaveLength(2);
  });
});

describe('a Slack secret that cannot be read', () => {
  it.each<[string, Answer, RegExp]>([
    [
      'is not there',
      refuses('ResourceNotFoundException', "Secrets Manager can't find the specified secret."),
      /; create it.*ResourceNotFoundException: /,
    ],
    [
      'is denied',
      refuses('AccessDeniedException', 'not authorized'),
      /; allow .*secretsmanager:GetSecretValue.*kms:Decrypt.*AccessDeniedException: not authorized/,
    ],
    ['has a key that is denied', refuses('DecryptionFailure'), /allow the function's role kms:Decrypt/],
    ['is answered by a proxy', { status: 200, body: `<html>${TOKEN}</html>` }, /could not be read/],
    ['is cut', { status: 200, body: `{"SecretString":"{\\"botToken\\":\\"${TOKEN}\\"` }, /could not be read/],
    ['holds no text', { status: 200, body: '{"SecretBinary":"eHh4"}' }, /holds no text/],
    ['is no JSON', { text: TOKEN }, /is not JSON/],
    ['is of another shape', { text: JSON.stringify({ ...FIRST, signingSecret: TOKEN }) }, /signingSecret must be/],
  ])('that %s says so and what to do, and none of its values', async (_name, answer, says) => {
    const { source } = await secretsManager(answer);
    const error = await failure(source.get());
    expect(error).toBeInstanceOf(ConfigError);
    expect(error.message).toMatch(says);
    // Lambda prints all of an error, its cause and its other fields included.
    const printed = [error.message, error.stack, String(error.cause), JSON.stringify(error, Object.getOwnPropertyNames(error))].join();
    expect(printed).not.toContain(TOKEN);
  });
});
