// AWS errors are told apart by the service's exact codes, never by text or HTTP status: a proxy's 404 is not "not found".
import type { FailureCause } from '../domain/read.ts';

/** The only codes that mean "does not exist", by what is asked for. */
export type NotFoundCode =
  | 'ResourceNotFoundException'
  | 'InvalidNetworkInterfaceID.NotFound'
  | 'InvalidInstanceID.NotFound'
  | 'InvalidGroup.NotFound';

const DENIED = new Set(['AccessDenied', 'AccessDeniedException', 'UnauthorizedOperation', 'Client.UnauthorizedOperation', 'OptInRequired']);

// https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html and the SDK's own list of throttling codes.
const THROTTLED = new Set([
  'RequestLimitExceeded',
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'EC2ThrottledException',
  'TooManyRequestsException',
  'SlowDown',
]);

const CREDENTIALS = new Set([
  'CredentialsProviderError',
  'TokenProviderError',
  'AuthFailure',
  'ExpiredToken',
  'ExpiredTokenException',
  'RequestExpired',
  'InvalidClientTokenId',
  'UnrecognizedClientException',
  'SignatureDoesNotMatch',
  'InvalidSignatureException',
]);

const UNREACHABLE = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'TimeoutError']);

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');
const systemCodeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

/** Whether the service said, with exactly this code, that the thing asked for does not exist. */
export const isNotFound = (error: unknown, code: NotFoundCode): boolean => nameOf(error) === code;

// What the SDK throws when an answer is not in the service's own format. It has no code for the XML protocols.
const isUnreadable = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'SyntaxError' || error.message.startsWith('@aws-sdk XML parse error'));

const statusOf = (error: unknown): string => {
  const metadata: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, '$metadata') : undefined;
  const status: unknown = typeof metadata === 'object' && metadata !== null ? Reflect.get(metadata, 'httpStatusCode') : undefined;
  return typeof status === 'number' ? ` (HTTP ${status})` : '';
};

/** Why a call failed, for coverage gaps. Whatever is not recognised is `failed`. */
export function causeOf(error: unknown): FailureCause {
  const name = nameOf(error);
  if (name === 'MalformedAnswer' || isUnreadable(error)) return 'malformed';
  if (DENIED.has(name)) return 'denied';
  if (THROTTLED.has(name)) return 'throttled';
  if (CREDENTIALS.has(name)) return 'credentials';
  return UNREACHABLE.has(name) || UNREACHABLE.has(systemCodeOf(error)) ? 'unreachable' : 'failed';
}

/** The service's or the system's code, where there is one that tells something. */
export function codeOf(error: unknown): string | undefined {
  if (isUnreadable(error)) return undefined;
  const code = systemCodeOf(error) || nameOf(error);
  return code === '' || code === 'Error' ? undefined : code;
}

/** One line, without what the SDK adds about raw responses. */
export function messageOf(error: unknown): string {
  if (isUnreadable(error)) return `the answer is not the service's own${statusOf(error)}: a proxy's page, or a wrong AWS_ENDPOINT_URL?`;
  const text = error instanceof Error ? error.message || error.name : String(error);
  return (text.split('\n')[0] ?? '').trim().slice(0, 300) || 'no message';
}
