// A function's URL: how Lambda hands requests over, and what it makes of results.
import { randomUUID } from 'node:crypto';

export interface UrlRequest {
  headers: Readonly<Record<string, string>>;
  /** The raw bytes. */
  body: Buffer | string;
  /** POST unless said otherwise. */
  method?: string;
  /** With its query, if any. */
  path?: string;
}

export interface UrlAnswer {
  statusCode: number;
  /** By lower-case name. */
  headers: Record<string, string>;
  body: string;
}

// What is not one of these arrives in Base64, forms too: https://github.com/slackapi/python-slack-sdk/issues/859
const TEXT = /^(?:text\/.*|application\/(?:json|javascript|xml)|application\/[\w.-]+\+(?:json|xml))$/;
const HOST = 'abcdefghijklmnopqrstuvwxyz012345.lambda-url.us-east-1.on.aws';

/** The event of a request, payload format 2.0: https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html */
export function functionUrlEvent({ headers, body, method = 'POST', path = '/' }: UrlRequest, at = new Date()) {
  const { pathname, search, searchParams } = new URL(path, `https://${HOST}`);
  const bytes = Buffer.from(body);
  const lower = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const isText = TEXT.test((lower['content-type'] ?? 'application/octet-stream').split(';')[0]?.trim().toLowerCase() ?? '');
  const query = [...new Set(searchParams.keys())].map((name) => [name, searchParams.getAll(name).join(',')]);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: pathname,
    rawQueryString: search.slice(1),
    headers: {
      host: HOST,
      'content-length': String(bytes.length),
      'x-amzn-trace-id': 'Root=1-692053c0-5d1b2c3a4f5e6d7c8b9a0f1e',
      'x-forwarded-for': '203.0.113.7',
      'x-forwarded-port': '443',
      'x-forwarded-proto': 'https',
      ...lower,
    },
    ...(query.length > 0 ? { queryStringParameters: Object.fromEntries(query) } : {}),
    requestContext: {
      accountId: 'anonymous',
      apiId: HOST.split('.')[0],
      domainName: HOST,
      domainPrefix: HOST.split('.')[0],
      http: { method, path: pathname, protocol: 'HTTP/1.1', sourceIp: '203.0.113.7', userAgent: lower['user-agent'] ?? '' },
      requestId: randomUUID(),
      routeKey: '$default',
      stage: '$default',
      time: clfTime(at),
      timeEpoch: at.getTime(),
    },
    // A request without a body has none.
    ...(bytes.length > 0 ? { body: isText ? bytes.toString('utf8') : bytes.toString('base64') } : {}),
    isBase64Encoded: bytes.length > 0 && !isText,
  };
}

// e.g. 21/Nov/2026:12:00:00 +0000
function clfTime(at: Date): string {
  const [, day, month, year, time] = /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(at.toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}

const FAILED: UrlAnswer = { statusCode: 502, headers: { 'content-type': 'application/json' }, body: 'Internal Server Error' };

/** What a client gets of what a handler returned, or of its promise; a handler that threw is a 502. */
export async function functionUrlAnswer(result: unknown): Promise<UrlAnswer> {
  let returned: unknown;
  try {
    returned = await result;
  } catch {
    return FAILED;
  }
  return isRecord(returned) && 'statusCode' in returned ? stated(returned) : inferred(returned);
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

// Other fields are ignored, as are cookies here.
function stated({ statusCode, headers = {}, body = '', isBase64Encoded = false }: Record<string, unknown>): UrlAnswer {
  const isStatus = typeof statusCode === 'number' && Number.isInteger(statusCode) && statusCode >= 200 && statusCode <= 599;
  const isBody = typeof body === 'string' && typeof isBase64Encoded === 'boolean';
  if (!isStatus || !isBody || !isRecord(headers)) return FAILED;
  const given = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
  return {
    statusCode,
    headers: { 'content-type': 'application/json', ...Object.fromEntries(given) },
    body: isBase64Encoded ? Buffer.from(body, 'base64').toString('utf8') : body,
  };
}

// Without a status code all of it is the body.
const inferred = (returned: unknown): UrlAnswer => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json' },
  body: typeof returned === 'string' ? returned : JSON.stringify(returned ?? null),
});
