// Slack's Web API, as far as messages take it. Bolt and @slack/web-api would be a hundred times this for two methods (docs/decisions/0013).
import { setTimeout as pause } from 'node:timers/promises';
import { messageOf } from '../../aws/errors.ts';
import { type Failure, failureOf, OUT_OF_TIME } from './failures.ts';

/** What a method answered, or why it did not. */
export type Answer = { ok: true; channel: string; ts: string } | ({ ok: false } & Failure);

export type Method = 'chat.postMessage' | 'chat.update';

export interface SlackClient {
  call(method: Method, args: Readonly<Record<string, unknown>>): Promise<Answer>;
  /** Whether there is time left for another call, with its answer. */
  isInTime(): boolean;
}

export interface ClientOptions {
  /** `https://slack.com/api/`, or where else Slack is. */
  apiUrl: string;
  token: string;
  /** Milliseconds that all calls together may take: a Slack that is slow must not use up the audit that publishes to it. */
  budgetMs: number;
  sleep?: (milliseconds: number) => Promise<unknown>;
  now?: () => number;
}

// Longer than Slack takes on a bad day. A call that is given up may have been done all the same, and is then done twice.
const CALL_MS = 10_000;
const RETRY_MS = 1_000;

type Attempt = { answer: Answer } | { retryAfterMs: number; failure: Failure };

/** A client for one round of publishing: its time begins now. */
export function slackClient({ apiUrl, token, budgetMs, sleep = pause, now = Date.now }: ClientOptions): SlackClient {
  const deadline = now() + budgetMs;
  const left = () => deadline - now();
  // A call that is cut short may have been done all the same: none begins that could not be waited for.
  const isInTime = () => left() >= CALL_MS;
  const call: SlackClient['call'] = async (method, args) => {
    for (let failures = 0; ; ) {
      if (!isInTime()) return { ok: false, ...OUT_OF_TIME };
      const attempt = await send(`${apiUrl}${method}`, token, args);
      if ('answer' in attempt) return attempt.answer;
      const { failure, retryAfterMs } = attempt;
      // Slack says itself when it takes more; a server error or a refused connection is tried once more.
      if (failure.error !== 'ratelimited') failures += 1;
      if (failures > 1 || retryAfterMs >= left() - CALL_MS) return { ok: false, ...failure };
      await sleep(retryAfterMs);
    }
  };
  return { call, isInTime };
}

async function send(url: string, token: string, args: Readonly<Record<string, unknown>>): Promise<Attempt> {
  let response: Response;
  let text: string;
  try {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json; charset=utf-8' };
    // Never followed: the token would go along.
    const init = { method: 'POST', headers, body: JSON.stringify(args), redirect: 'error' } as const;
    response = await fetch(url, { ...init, signal: AbortSignal.timeout(CALL_MS) });
    text = await response.text();
  } catch (error) {
    const failure = failureOf('unreachable', causeOf(error));
    // Nothing was sent. After any other failure the message may be there, and another attempt would make a second one.
    return isRefused(error) ? { retryAfterMs: RETRY_MS, failure } : { answer: { ok: false, ...failure } };
  }
  const { status } = response;
  if (status === 429) return { retryAfterMs: secondsOf(response.headers.get('retry-after')) * 1_000, failure: failureOf('ratelimited') };
  if (status >= 500) return { retryAfterMs: RETRY_MS, failure: failureOf('unreachable', `HTTP ${status}`) };
  return { answer: answerOf(text, status) };
}

// A header that says nothing of use must not become a hundred calls a second.
const secondsOf = (header: string | null): number => (header !== null && /^\d{1,5}$/.test(header) ? Math.max(1, Number(header)) : 30);

/** Slack says what it refuses in a body with status 200. */
function answerOf(text: string, status: number): Answer {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { ok: false, ...failureOf('unreachable', `HTTP ${status} without JSON: a proxy's page?`) };
  }
  const field = (name: string): unknown => (typeof json === 'object' && json !== null ? Reflect.get(json, name) : undefined);
  const [error, channel, ts] = [field('error'), field('channel'), field('ts')];
  if (field('ok') === true && typeof channel === 'string' && typeof ts === 'string') return { ok: true, channel, ts };
  if (typeof error === 'string') return { ok: false, ...failureOf(error) };
  return { ok: false, ...failureOf('unreachable', `HTTP ${status} without ok, channel and ts`) };
}

const codeOf = (error: unknown): unknown =>
  error instanceof Error && error.cause instanceof Error ? Reflect.get(error.cause, 'code') : undefined;
const isRefused = (error: unknown): boolean => codeOf(error) === 'ECONNREFUSED';
const causeOf = (error: unknown): string =>
  error instanceof Error && error.cause instanceof Error ? messageOf(error.cause) : messageOf(error);
