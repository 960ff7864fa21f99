import { readArguments } from './arguments.ts';
import type { SlackCall, SlackEffect, SlackFaults } from './faults.ts';
import { METHODS } from './methods.ts';
import { type Rates, rateLimited } from './rates.ts';
import { refusal, type SlackRefusal } from './refusal.ts';
import type { ResponseUrls } from './response-url.ts';
import { asRefusal, type Delivery, json, type Request } from './server.ts';
import type { Workspace } from './workspace.ts';

/** A request that Slack itself refused. */
export interface Refused {
  method: string;
  status: number;
  error: string;
  reason: string;
}

export interface Setup {
  workspace: Workspace;
  /** The token that is good today, and those that were. */
  tokens: { good: string; revoked: Set<string> };
  rates: Rates | undefined;
  faults: SlackFaults;
  responseUrls: ResponseUrls;
  calls: SlackCall[];
  refused: Refused[];
  sleep: (ms: number) => Promise<void>;
}

/** One request from arrival to answer: recorded, struck by faults, carried out. */
export async function dispatch(setup: Setup, request: Request): Promise<Delivery> {
  const isApi = request.path.startsWith('/api/');
  const method = isApi ? request.path.slice('/api/'.length) : 'response_url';
  const call: SlackCall = { index: setup.calls.length + 1, method, args: {}, at: setup.workspace.now(), status: 0 };
  setup.calls.push(call);
  let unreadable: SlackRefusal | undefined;
  try {
    Object.assign(call, readArguments(request.message.headers, request.body));
  } catch (error) {
    unreadable = asRefusal(error);
  }
  const effect = setup.faults.strike(call);
  const prevented = preventedBy(effect, call);
  if (prevented) return prevented;
  if (effect?.kind === 'slow') await setup.sleep(effect.ms);
  const delivery = carryOut(setup, request, call, unreadable);
  if (effect?.kind !== 'lost-answer') {
    call.status = delivery.status;
    return delivery;
  }
  call.error = effect.kind;
  return 'drop';
}

function preventedBy(effect: SlackEffect | undefined, call: SlackCall): Delivery | undefined {
  switch (effect?.kind) {
    case 'status':
      Object.assign(call, { status: effect.status, error: `status ${effect.status}` });
      return { status: effect.status, body: effect.body ?? '', ...(effect.headers ? { headers: effect.headers } : {}) };
    case 'error':
      Object.assign(call, { status: 200, error: effect.error });
      return json(200, { ok: false, error: effect.error });
    case 'drop':
      call.error = effect.kind;
      return 'drop';
    default:
      return undefined;
  }
}

function carryOut(setup: Setup, request: Request, call: SlackCall, unreadable: SlackRefusal | undefined): Exclude<Delivery, 'drop'> {
  try {
    if (call.method === 'response_url') return respond(setup, request, call, unreadable);
    const run = METHODS[call.method];
    if (!run) throw refusal('unknown_method', `the sandbox has no ${call.method}. It has: ${Object.keys(METHODS).join(', ')}`);
    if (request.message.method !== 'POST') throw refusal('invalid_post_type', `the request is a ${request.message.method}`);
    checkToken(setup, request.message.headers.authorization);
    const seconds = setup.rates?.wait(call.method, call.args.channel) ?? 0;
    if (seconds > 0) return limited(setup, call, seconds);
    if (unreadable) throw unreadable;
    const answer = run(call.args, setup.workspace);
    return json(200, { ok: true, ...answer, ...warned(call) });
  } catch (error) {
    return refuse(setup, call, asRefusal(error));
  }
}

function checkToken({ tokens }: Setup, authorization: string | undefined): void {
  if (authorization === undefined) throw refusal('not_authed', 'the request has no Authorization');
  const token = /^Bearer (\S+)$/.exec(authorization)?.[1] ?? '';
  if (tokens.revoked.has(token)) throw refusal('token_revoked', 'the token was revoked');
  if (token !== tokens.good) throw refusal('invalid_auth', 'the token is not the app’s');
}

const warned = ({ warning }: SlackCall) => (warning ? { warning, response_metadata: { warnings: [warning] } } : {});

function respond({ responseUrls }: Setup, { path, message }: Request, call: SlackCall, unreadable: SlackRefusal | undefined) {
  if (message.method !== 'POST') throw refusal('invalid_post_type', `the request is a ${message.method}`);
  if (unreadable) throw unreadable;
  responseUrls.respond(path, call.args);
  return { status: 200, headers: { 'content-type': 'text/html' }, body: 'ok' };
}

function limited(setup: Setup, call: SlackCall, seconds: number) {
  const { code, reason } = rateLimited(call.method, seconds);
  note(setup, call, 429, code, reason);
  return json(429, { ok: false, error: code }, { 'retry-after': String(seconds) });
}

// Web API calls are answered with 200, whatever was wrong with them.
function refuse(setup: Setup, call: SlackCall, { code, reason }: SlackRefusal) {
  const status = call.method !== 'response_url' ? 200 : code.endsWith('_url') ? 404 : 400;
  note(setup, call, status, code, reason);
  const unknown = code === 'unknown_method' ? { req_method: call.method } : {};
  const told = code.startsWith('invalid_') ? { errors: [reason], response_metadata: { messages: [`[ERROR] ${reason}`] } } : {};
  return json(status, { ok: false, error: code, ...unknown, ...told });
}

function note({ refused }: Setup, call: SlackCall, status: number, error: string, reason: string): void {
  call.error = error;
  refused.push({ method: call.method, status, error, reason });
}
