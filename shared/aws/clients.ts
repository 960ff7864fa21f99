import { EC2Client, type EC2ClientConfig } from '@aws-sdk/client-ec2';
import { EKSClient } from '@aws-sdk/client-eks';
import { STSClient } from '@aws-sdk/client-sts';
import type { FinalizeHandler } from '@smithy/types';
import { causeOf } from './errors.ts';

export interface AwsClients {
  ec2: EC2Client;
  eks: EKSClient;
  sts: STSClient;
  /** Requests sent so far, retries included. */
  calls: () => number;
  /** Those among them that AWS answered by asking to go slower. */
  throttles: () => number;
}

// Standard retries with explicit attempts: the SDK's defaults change with its releases. Five attempts ride out about ten
// seconds of throttling; a hung connection fails the read instead of the run.
const RELIABILITY = {
  maxAttempts: 5,
  retryMode: 'standard',
  requestHandler: { connectionTimeout: 5_000, requestTimeout: 60_000, throwOnRequestTimeout: true },
} as const;

/** Another account's credentials or another endpoint than the environment's. */
export type ClientOverrides = Pick<EC2ClientConfig, 'credentials' | 'endpoint'>;

/** One client set for one region. Credentials and AWS_ENDPOINT_URL come from where every AWS tool has them, unless overridden. */
export function awsClients(region: string, overrides: ClientOverrides = {}): AwsClients {
  let [sent, throttled] = [0, 0];
  const countRequest =
    <I extends object, O extends object>(next: FinalizeHandler<I, O>): FinalizeHandler<I, O> =>
    async (args) => {
      sent += 1;
      try {
        return await next(args);
      } catch (error) {
        if (causeOf(error) === 'throttled') throttled += 1;
        throw error;
      }
    };
  // After the retry middleware, so that every attempt counts.
  const where = { step: 'finalizeRequest', priority: 'low', name: 'countRequest' } as const;
  // One set of credentials for all three: were each to resolve its own, a profile switched in between could make EKS answer for
  // another account, where every cluster is "not found".
  const sts = new STSClient({ region, ...RELIABILITY, ...overrides });
  const shared = { region, ...RELIABILITY, ...overrides, credentials: sts.config.credentials };
  const clients = { sts, ec2: new EC2Client(shared), eks: new EKSClient(shared) };
  clients.ec2.middlewareStack.add(countRequest, where);
  clients.eks.middlewareStack.add(countRequest, where);
  clients.sts.middlewareStack.add(countRequest, where);
  return { ...clients, calls: () => sent, throttles: () => throttled };
}

/** The same EC2 client but for its retries: a deletion is sent once, because a second one must pass the guards again. */
export const deletingClient = ({ ec2 }: AwsClients): EC2Client =>
  new EC2Client({ region: ec2.config.region, credentials: ec2.config.credentials, ...endpointOf(ec2), ...RELIABILITY, maxAttempts: 1 });

const endpointOf = ({ config }: EC2Client) => (config.endpoint ? { endpoint: config.endpoint } : {});

/** The region that the environment or the profile names, or undefined. */
export const profileRegion = (): Promise<string | undefined> =>
  // The SDK throws when no region is set anywhere; here that is an answer.
  new STSClient({}).config.region().catch(() => undefined);
