import type { SandboxCall } from '../http/faults.ts';
import { type Identity, iamUser } from './identities.ts';
import { ec2Request, isWrapped, type UnseenShape } from './requests.ts';
import { ec2Response, wrappedResponse } from './responses.ts';
import { type Tool, USER_AGENTS } from './user-agents.ts';

export interface Recorded {
  accountId?: string;
  /** An IAM user unless said otherwise: see identities.ts. */
  by?: Identity;
  /** The aws CLI unless said otherwise. */
  tool?: Tool;
  sourceIpAddress?: string;
  /** How calls are recorded that nobody has seen the record of: `wrapped` unless said otherwise. */
  unseenShape?: UnseenShape;
}

/** What EventBridge delivers of a call that a sandbox received, where a trail records it: successes, failures and dry runs. */
export function cloudTrailEvent(call: SandboxCall, recorded: Recorded = {}) {
  const { accountId = '123456789012' } = recorded;
  return {
    version: '0',
    id: uuid(call, 0),
    'detail-type': 'AWS API Call via CloudTrail',
    source: `aws.${call.service}`,
    account: accountId,
    time: seconds(call.at),
    region: call.region,
    resources: [],
    detail: cloudTrailRecord(call, recorded),
  };
}

/** The CloudTrail record alone. */
export function cloudTrailRecord(call: SandboxCall, recorded: Recorded = {}) {
  const { accountId = '123456789012', by = iamUser(accountId, 'anna'), tool = 'awsCli', unseenShape = 'wrapped' } = recorded;
  const { service, action, region, params, refusal } = call;
  const code = failure(call);
  const host = `${service}.${region}.amazonaws.com`;
  return {
    eventVersion: '1.11',
    userIdentity: by.userIdentity,
    eventTime: seconds(call.at),
    eventSource: `${service}.amazonaws.com`,
    eventName: action,
    awsRegion: region,
    sourceIPAddress: by.invokedBy ?? recorded.sourceIpAddress ?? '203.0.113.7',
    userAgent: by.invokedBy ?? USER_AGENTS[tool],
    ...(code === undefined ? {} : { errorCode: code, errorMessage: refusal ?? '' }),
    requestParameters: service === 'ec2' ? ec2Request(action, params, unseenShape) : { ...params },
    responseElements: code === undefined ? response(call, unseenShape) : null,
    requestID: uuid(call, 1),
    eventID: uuid(call, 2),
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: accountId,
    eventCategory: 'Management',
    ...(by.invokedBy
      ? {}
      : { tlsDetails: { tlsVersion: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256', clientProvidedHostHeader: host } }),
    ...(tool === 'console' && !by.invokedBy ? { sessionCredentialFromConsole: 'true' } : {}),
  };
}

// What a fault kept from the caller happened all the same, and what never got past a proxy is in no trail.
function failure(call: SandboxCall): string | undefined {
  const code = call.effect === 'none' && call.refusal !== undefined ? call.outcome : call.effect;
  if (code === 'OK') return undefined;
  if (code === 'none' || code === 'pending')
    throw new Error(`${call.service} never received ${call.action}, so CloudTrail has no record of it.`);
  if (call.service === 'ec2') return `Client.${code}`;
  return code === 'AccessDeniedException' ? 'AccessDenied' : code;
}

function response(call: SandboxCall, unseenShape: UnseenShape): Readonly<Record<string, unknown>> {
  const { service, action, result = {} } = call;
  if (service !== 'ec2') return result;
  return isWrapped(action, unseenShape) ? wrappedResponse(action, result, uuid(call, 1)) : ec2Response(result, uuid(call, 1));
}

const seconds = (at: Date): string => at.toISOString().replace(/\.\d+Z$/, 'Z');

/** The same for the same call, so that an event that is delivered twice can be known again. */
const uuid = ({ index }: SandboxCall, kind: number): string =>
  `${String(kind).padStart(8, '0')}-0000-4000-8000-${String(index).padStart(12, '0')}`;
