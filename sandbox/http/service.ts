import type { AwsError } from '../aws-error.ts';
import type { Metric } from '../cloudwatch/metric.ts';
import type { Published } from '../sns/published.ts';
import type { RegionWorld } from '../world/region-world.ts';
import type { Pod, RegionState } from '../world/state.ts';
import type { PageTokens } from './paging.ts';
import type { Params } from './param.ts';

/** A request as it arrived, with what its signature's scope says. */
export interface AwsRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  body: string;
  /** By lower-case name. */
  headers: Readonly<Record<string, string | string[] | undefined>>;
  service: string;
  region: string;
  accessKeyId: string;
  /** The session token of temporary credentials. */
  session?: string;
}

export interface HttpAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export interface Operation {
  action: string;
  params: Params;
  mutating: boolean;
}

/** What handlers may use. */
export interface CallContext {
  /** What a read answers from: today's state, or that of a snapshot where a stale read was asked for. */
  state: RegionState;
  /** Where changes are made. */
  world: RegionWorld;
  now: Date;
  accountId: string;
  requestId: string;
  tokens: PageTokens;
  sparsePages: boolean;
  /** Records that a deletion took the interface of a live pod away. */
  harmed: (interfaceId: string, pod: Pod) => void;
  /** Records a message that a topic accepted. */
  published: (message: Published) => void;
  /** Records what PutMetricData accepted. */
  measured: (metric: Metric) => void;
  /** Records what a mutating call is answered with, as far as CloudTrail tells it. */
  answered: (result: Readonly<Record<string, unknown>>) => void;
  /** Records an action that the service takes with its caller's permissions, e.g. `kms:Decrypt`. */
  onBehalf: (action: string) => void;
  /** What an entry of a batch call was told to fail with. */
  entryFault: (id: string) => EntryFault | undefined;
}

/** One failed entry of a batch call that is answered with 200. */
export interface EntryFault {
  code: string;
  message: string;
  senderFault: boolean;
}

/** One AWS service; adding one is one folder with one of these, and its line in services.ts. */
export interface AwsService {
  /** Which operation a request asks for. Throws an AwsError for what the sandbox does not know. */
  recognise(request: AwsRequest): Operation;
  answer(operation: Operation, context: CallContext): HttpAnswer | Promise<HttpAnswer>;
  fail(error: AwsError, requestId: string): HttpAnswer;
  denied(operation: Operation, callerArn: string): AwsError;
  throttled(): AwsError;
}
