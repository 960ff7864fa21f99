// moto's server as an AWS account that we did not write. It is lenient where AWS is strict: no paging, no trunk or branch type,
// no VPC id on clusters, HTML pages for what it lacks.
import { type ChildProcess, spawn } from 'node:child_process';
import { devNull } from 'node:os';
import type { MotoEnvironment } from '../../scripts/moto.ts';

export const MOTO_ACCOUNT_ID = '123456789012';
export const MOTO_REGION = 'eu-central-1';

const START_TIMEOUT_MS = 60_000;

export interface Moto {
  endpoint: string;
  /** The aws CLI that speaks to it. */
  aws: string;
  /** What a user exports to work with this account; nothing of the developer's own profile shines through. */
  env: Readonly<Record<string, string>>;
  /** Forgets everything, in every region. */
  reset: () => Promise<void>;
  stop: () => Promise<void>;
}

/** A server on a port of its own, ready to answer. */
export async function startMoto(environment: Extract<MotoEnvironment, { ok: true }>): Promise<Moto> {
  const server = spawn(environment.motoServer, ['--host', '127.0.0.1', '--port', '0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const killServer = () => server.kill('SIGKILL');
  process.once('exit', killServer);
  const endpoint = await announcedEndpoint(server);
  // It logs every request; a full pipe would block it.
  server.stdout.resume();
  server.stderr.resume();
  return {
    endpoint,
    aws: environment.aws,
    env: motoEnv(endpoint),
    reset: async () => {
      const { ok, status } = await fetch(`${endpoint}/moto-api/reset`, { method: 'POST' });
      if (!ok) throw new Error(`moto did not reset: HTTP ${status}`);
    },
    stop: async () => {
      process.off('exit', killServer);
      if (server.exitCode !== null) return;
      const exited = new Promise((resolve) => server.once('exit', resolve));
      server.kill();
      await exited;
    },
  };
}

function motoEnv(endpoint: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'testing',
    AWS_SECRET_ACCESS_KEY: 'testing',
    AWS_REGION: MOTO_REGION,
    AWS_DEFAULT_REGION: MOTO_REGION,
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: 'true',
    NO_PROXY: '127.0.0.1',
  };
}

/** The address that the server prints once it listens. */
function announcedEndpoint(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const fail = (why: string) => {
      server.kill('SIGKILL');
      reject(new Error(`moto_server ${why}. It said:\n${said}`));
    };
    const timer = setTimeout(() => fail(`was not ready after ${START_TIMEOUT_MS / 1000} s`), START_TIMEOUT_MS);
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      const endpoint = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(said)?.[1];
      if (!endpoint) return;
      clearTimeout(timer);
      resolve(endpoint);
    };
    server.stdout?.on('data', listen);
    server.stderr?.on('data', listen);
    server.once('error', (error) => fail(`did not start: ${error.message}`));
    server.once('exit', (code) => fail(`ended with ${code}`));
  });
}
