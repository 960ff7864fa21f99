import { randomUUID } from 'node:crypto';
import { type AwsError, awsError, isAwsError } from '../aws-error.ts';
import type { Timeline } from '../clock.ts';
import type { Metric } from '../cloudwatch/metric.ts';
import { SERVICES } from '../services.ts';
import type { Published } from '../sns/published.ts';
import type { Account } from '../world/account.ts';
import { emptyRegion } from '../world/state.ts';
import type { Buckets } from './buckets.ts';
import type { Effect, Fault, Faults, SandboxCall } from './faults.ts';
import type { Harm } from './harm.ts';
import type { PageTokens } from './paging.ts';
import type { AwsRequest, AwsService, CallContext, EntryFault, HttpAnswer, Operation } from './service.ts';

export interface Setup {
  account: Account;
  accountId: string;
  timeline: Timeline;
  faults: Faults;
  calls: SandboxCall[];
  harm: Harm[];
  published: Published[];
  metrics: Metric[];
  tokens: PageTokens;
  /** Undefined: nobody is throttled. */
  buckets: Buckets | undefined;
  sparsePages: boolean;
}

/** What the connection gets. */
export type Delivery = HttpAnswer | 'hang' | 'drop';

const HTML = '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><h1>502 Bad Gateway</h1></body>\r\n</html>\r\n';

/** One call from arrival to answer: recognised, recorded, struck by faults, carried out. */
export async function dispatch(setup: Setup, request: AwsRequest): Promise<Delivery> {
  setup.timeline.settle();
  const requestId = randomUUID();
  const call = record(setup, request);
  const service = SERVICES[request.service];
  if (!service) return unknownService(call, request.service);
  let operation: Operation;
  try {
    operation = service.recognise(request);
  } catch (error) {
    return refuse(service, call, asAwsError(error), requestId);
  }
  Object.assign(call, operation);
  const struck = setup.faults.strike(call);
  for (const fault of struck) await fault.before?.(call);
  const effect = struck.find((fault) => fault.effect)?.effect;
  const delivery =
    prevented(setup, service, call, operation, effect, requestId) ?? (await carryOut(setup, service, call, operation, effect, requestId));
  return afterwards(struck, call, delivery, effect);
}

function record(setup: Setup, { service, region, accessKeyId, session, method, path }: AwsRequest): SandboxCall {
  const call: SandboxCall = {
    index: setup.calls.length + 1,
    at: setup.timeline.now(),
    service,
    action: `${method} ${path}`,
    region,
    accessKeyId,
    ...(session === undefined ? {} : { session }),
    params: {},
    mutating: false,
    outcome: 'pending',
    effect: 'none',
  };
  setup.calls.push(call);
  return call;
}

/** The answer of a fault that keeps the call from having any effect. */
function prevented(
  setup: Setup,
  service: AwsService,
  call: SandboxCall,
  operation: Operation,
  effect: Effect | undefined,
  requestId: string,
): Delivery | undefined {
  const refused = (error: AwsError): Delivery => refuse(service, call, error, requestId);
  switch (effect?.kind) {
    case 'error':
      return refused(awsError(effect.code, effect.message ?? `The sandbox was told to answer ${effect.code}.`, effect.status));
    case 'throttle':
      return refused(service.throttled());
    case 'deny':
      return refused(service.denied(operation, `arn:aws:iam::${setup.accountId}:user/sandbox`));
    case 'html':
      call.outcome = 'html';
      return { status: effect.status ?? 200, headers: { 'content-type': 'text/html' }, body: effect.body ?? HTML };
    case 'hang':
    case 'drop':
      return effect.after ? undefined : effect.kind;
    default:
      return setup.buckets && !setup.buckets.take(call) ? refused(service.throttled()) : undefined;
  }
}

async function carryOut(
  setup: Setup,
  service: AwsService,
  call: SandboxCall,
  operation: Operation,
  effect: Effect | undefined,
  requestId: string,
): Promise<HttpAnswer> {
  const world = setup.account.world(call.region);
  const stale = effect?.kind === 'stale' && !operation.mutating ? effect.snapshot : undefined;
  const state = stale ? (stale.regions.get(call.region) ?? emptyRegion(call.region)) : world.state;
  const { accountId, tokens, sparsePages, timeline } = setup;
  try {
    const given = { world, state, now: timeline.now(), accountId, requestId, tokens, sparsePages };
    const answer = await service.answer(operation, { ...given, ...records(setup, call), entryFault: entryFault(effect) });
    call.outcome = stale ? 'stale' : 'OK';
    call.effect = 'OK';
    return answer;
  } catch (error) {
    const answer = refuse(service, call, asAwsError(error), requestId);
    call.effect = call.outcome;
    return answer;
  }
}

function records(
  { harm, published, metrics }: Setup,
  call: SandboxCall,
): Pick<CallContext, 'harmed' | 'published' | 'measured' | 'answered' | 'onBehalf'> {
  return {
    harmed: (interfaceId, pod) => {
      harm.push({ call, interfaceId, pod });
    },
    published: (message) => {
      published.push(message);
    },
    measured: (metric) => {
      metrics.push(metric);
    },
    answered: (result) => {
      call.result = result;
    },
    onBehalf: (action) => {
      call.onBehalf = [...new Set([...(call.onBehalf ?? []), action])];
    },
  };
}

function entryFault(effect: Effect | undefined): (id: string) => EntryFault | undefined {
  if (effect?.kind !== 'fail-entries') return () => undefined;
  const { ids = () => true, code = 'InternalError' } = effect;
  return (id) => (ids(id) ? { code, message: `The sandbox was told to answer ${code}.`, senderFault: false } : undefined);
}

async function afterwards(struck: readonly Fault[], call: SandboxCall, delivery: Delivery, effect: Effect | undefined): Promise<Delivery> {
  for (const fault of struck) await fault.after?.(call);
  if (effect?.kind === 'hang' || effect?.kind === 'drop') {
    call.outcome = effect.kind;
    return effect.kind;
  }
  if (effect?.kind !== 'truncate' || typeof delivery === 'string') return delivery;
  call.outcome = 'truncate';
  return { ...delivery, body: delivery.body.slice(0, delivery.body.length / 2) };
}

function refuse(service: AwsService, call: SandboxCall, error: AwsError, requestId: string): HttpAnswer {
  call.outcome = error.code;
  call.refusal = error.message;
  return service.fail(error, requestId);
}

// A mistake of the sandbox itself must not look like something that AWS says.
const asAwsError = (error: unknown): AwsError =>
  isAwsError(error) ? error : awsError('SandboxMistake', error instanceof Error ? (error.stack ?? error.message) : String(error), 500);

function unknownService(call: SandboxCall, name: string): HttpAnswer {
  call.outcome = 'UnknownService';
  const message = `The sandbox has no service "${name}". It has: ${Object.keys(SERVICES).join(', ')}.`;
  return {
    status: 501,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'UnknownService' },
    body: JSON.stringify({ __type: 'UnknownService', message }),
  };
}
