import { EC2Client } from '@aws-sdk/client-ec2';
import { EKSClient } from '@aws-sdk/client-eks';
import { STSClient } from '@aws-sdk/client-sts';
import { afterEach } from '@jest/globals';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/index.ts';

export interface Account extends Sandbox {
  ec2: EC2Client;
  eks: EKSClient;
  sts: STSClient;
  /** A client of another service; it ends with the test. */
  connect<C extends { destroy(): void }>(Client: new (settings: ClientSettings) => C): C;
}

export interface ClientSettings {
  region: string;
  endpoint: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  maxAttempts: number;
  requestHandler: { requestTimeout: number; throwOnRequestTimeout: boolean };
}

const running: Account[] = [];
const connected: { destroy(): void }[] = [];

afterEach(async () => {
  for (const client of connected.splice(0)) client.destroy();
  for (const { stop } of running.splice(0)) await stop();
});

/** A sandbox with the real SDK's clients, one attempt each; it ends with the test. */
export async function account(options: SandboxOptions = {}, region = 'us-east-1'): Promise<Account> {
  const sandbox = await startSandbox(options);
  const settings: ClientSettings = {
    region,
    endpoint: sandbox.endpoint,
    credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' },
    maxAttempts: 1,
    requestHandler: { requestTimeout: 20_000, throwOnRequestTimeout: true },
  };
  const connect: Account['connect'] = (Client) => {
    const client = new Client(settings);
    connected.push(client);
    return client;
  };
  const started = { ...sandbox, connect, ec2: connect(EC2Client), eks: connect(EKSClient), sts: connect(STSClient) };
  running.push(started);
  return started;
}

/** What a call that must fail failed with. */
export async function failure(call: Promise<unknown>): Promise<{ name: string; message: string; status: number | undefined }> {
  try {
    await call;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const metadata = '$metadata' in error ? error.$metadata : undefined;
    const status = typeof metadata === 'object' && metadata && 'httpStatusCode' in metadata ? Number(metadata.httpStatusCode) : undefined;
    return { name: error.name, message: error.message, status };
  }
  throw new Error('The call was expected to fail, and succeeded.');
}
