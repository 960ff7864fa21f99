import { describe, expect, it } from '@jest/globals';
import { functionUrlAnswer, functionUrlEvent } from '../../../sandbox/lambda/function-url.ts';

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded', 'X-Slack-Signature': 'v0=00' };
const AT = new Date('2026-11-21T12:00:00Z');

describe('the event of a request', () => {
  it('has a form in Base64, and the names of headers in lower case', () => {
    const event = functionUrlEvent({ headers: FORM, body: 'payload=%7B%7D' }, AT);
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: '$default',
      rawPath: '/',
      rawQueryString: '',
      headers: { 'content-type': FORM['Content-Type'], 'x-slack-signature': 'v0=00', 'content-length': '14' },
      requestContext: { accountId: 'anonymous', http: { method: 'POST', path: '/' }, time: '21/Nov/2026:12:00:00 +0000', timeEpoch: +AT },
      body: Buffer.from('payload=%7B%7D').toString('base64'),
      isBase64Encoded: true,
    });
    expect(Object.keys(event.headers).filter((name) => name !== name.toLowerCase())).toEqual([]);
  });

  it.each(['application/json', 'application/json; charset=utf-8', 'text/plain', 'application/problem+json'])(
    'has a body of %s as it is',
    (type) => {
      expect(functionUrlEvent({ headers: { 'content-type': type }, body: '{"ü":1}' })).toMatchObject({
        body: '{"ü":1}',
        isBase64Encoded: false,
      });
    },
  );

  it('carries any bytes', () => {
    const body = Buffer.from([0, 255, 128, 10]);
    const event = functionUrlEvent({ headers: {}, body });
    expect(Buffer.from(event.body ?? '', 'base64')).toEqual(body);
  });

  it('has path, query and method; and no body where there is none', () => {
    const event = functionUrlEvent({ headers: {}, body: '', method: 'GET', path: '/slack?a=1&a=2&b=' });
    expect(event).toMatchObject({
      rawPath: '/slack',
      rawQueryString: 'a=1&a=2&b=',
      queryStringParameters: { a: '1,2', b: '' },
      requestContext: { http: { method: 'GET', path: '/slack' } },
      isBase64Encoded: false,
    });
    expect(event).not.toHaveProperty('body');
  });
});

describe('the answer to a client', () => {
  const JSON_TYPE = { 'content-type': 'application/json' };

  it.each<[string, unknown, object]>([
    [
      'status, headers and body',
      { statusCode: 401, headers: { 'X-A': '1' }, body: 'no' },
      { statusCode: 401, headers: { ...JSON_TYPE, 'x-a': '1' }, body: 'no' },
    ],
    ['a status alone', { statusCode: 200 }, { statusCode: 200, headers: JSON_TYPE, body: '' }],
    ['a body in Base64', { statusCode: 200, body: 'b2s=', isBase64Encoded: true }, { statusCode: 200, headers: JSON_TYPE, body: 'ok' }],
    ['an object without a status', { ok: true }, { statusCode: 200, headers: JSON_TYPE, body: '{"ok":true}' }],
    ['a text', 'ok', { statusCode: 200, headers: JSON_TYPE, body: 'ok' }],
    ['nothing', undefined, { statusCode: 200, headers: JSON_TYPE, body: 'null' }],
  ])('is made of %s', async (_, returned, expected) => {
    expect(await functionUrlAnswer(returned)).toEqual(expected);
    expect(await functionUrlAnswer(Promise.resolve(returned))).toEqual(expected);
  });

  it.each<[string, unknown]>([
    ['a status that is none', { statusCode: 'OK' }],
    ['a body that is no text', { statusCode: 200, body: { ok: true } }],
  ])('is a 502 for %s', async (_, returned) => {
    expect(await functionUrlAnswer(returned)).toMatchObject({ statusCode: 502, body: 'Internal Server Error' });
  });

  it('is a 502 for a handler that throws, and says nothing of why', async () => {
    const answer = await functionUrlAnswer(Promise.reject(new Error('the signing secret is hunter2')));
    expect(answer.statusCode).toBe(502);
    expect(JSON.stringify(answer)).not.toContain('hunter2');
  });
});
