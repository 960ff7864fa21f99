// Whoever clicked is told, at an address that only they and Slack know, and nobody else ever is.
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { escaped, isResponseUrl, respond } from '../../../shared/run/clicks/respond.ts';

const SLACK = 'https://slack.com/api/';
const stops: (() => Promise<unknown>)[] = [];
afterEach(() => Promise.all(stops.splice(0).map((stop) => stop())));

async function slack(answer: RequestListener): Promise<{ api: string; url: string }> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stops.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { api: `${origin}/api/`, url: `${origin}/actions/very-secret` };
}

const bodyOf = async (request: IncomingMessage): Promise<string> => Buffer.concat(await request.toArray()).toString();
const failure = (of: Promise<unknown>): Promise<string> =>
  of.then(
    () => 'it did not fail',
    (error: Error) => error.message,
  );

const timedOut = () => AbortSignal.abort(new DOMException('waited long enough', 'TimeoutError'));

describe('an answer', () => {
  it('is shown to whoever clicked only, and replaces nothing', async () => {
    const got: unknown[] = [];
    const { api, url } = await slack(async (request, response) => {
      got.push([request.method, request.headers['content-type'], JSON.parse(await bodyOf(request))]);
      response.end('ok');
    });
    await respond(api, url, 'done');
    expect(got).toEqual([
      ['POST', 'application/json; charset=utf-8', { response_type: 'ephemeral', replace_original: false, text: 'done' }],
    ]);
  });

  it.each<[string, RequestListener, string]>([
    ['that is refused', (_, response) => response.writeHead(404).end('used_url'), "Slack answered HTTP 404 at the click's response_url"],
    ['that breaks off', (request) => request.socket.destroy(), "Slack did not answer at the click's response_url"],
    ['that leads elsewhere', (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(), 'Slack did not answer'],
  ])('%s fails with a reason that does not hold the address', async (_name, listener, says) => {
    const { api, url } = await slack(listener);
    const told = await failure(respond(api, url, 'done'));
    expect(told).toContain(says);
    expect(told).not.toContain('very-secret');
  });

  it('is waited for less than a second: the click is acknowledged then', async () => {
    const { api, url } = await slack(() => undefined);
    const timeout = jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => (ms < 1_000 ? timedOut() : new AbortController().signal));
    stops.push(async () => timeout.mockRestore());
    expect(await failure(respond(api, url, 'done'))).toContain('Slack did not answer');
  });

  it('is sent nowhere but to Slack', async () => {
    const calls: unknown[] = [];
    const { url } = await slack((request) => calls.push(request.url));
    expect(await failure(respond(SLACK, url, 'done'))).toBe("the click's response_url is not one of Slack's, so nothing is sent there");
    expect(calls).toEqual([]);
  });

  it('has no markup, whatever is in it', () => {
    expect(escaped('<!channel> <@U0ANNA> *all* of a & b &amp; :fire: http://x.example')).not.toMatch(
      /[<>*@]|&(?!amp;|lt;|gt;)|:fire:|:\/\//,
    );
    expect(escaped('a & b')).toBe('a &amp; b');
  });
});

describe('the address of an answer', () => {
  it.each([
    ['https://hooks.slack.com/actions/T0/1/x', SLACK],
    ['https://hooks.slack-gov.com/actions/T0/1/x', 'https://slack-gov.com/api/'],
    ['http://127.0.0.1:8080/actions/x', 'http://127.0.0.1:8080/api/'],
  ])('is %s where Slack is %s', (url, api) => {
    expect(isResponseUrl(url, api)).toBe(true);
  });

  it.each([
    ['http://hooks.slack.com/actions/x', SLACK],
    ['https://hooks.slack.com:8443/actions/x', SLACK],
    ['https://hooks.slack.com.evil.example/x', SLACK],
    ['https://evil.example/hooks.slack.com', SLACK],
    ['https://hooks.slack.com@evil.example/', SLACK],
    ['https://anna:x@hooks.slack.com/x', SLACK],
    ['https://slack.com/api/chat.postMessage', SLACK],
    ['http://169.254.169.254/latest/meta-data', SLACK],
    ['http://127.0.0.1:8080/x', SLACK],
    ['http://127.0.0.1:8081/x', 'http://127.0.0.1:8080/api/'],
    ['file:///etc/passwd', SLACK],
    ['//hooks.slack.com/x', SLACK],
    ['', SLACK],
    ['null', 'not a url'],
  ])('is not %s where Slack is %s', (url, api) => {
    expect(isResponseUrl(url, api)).toBe(false);
  });
});
