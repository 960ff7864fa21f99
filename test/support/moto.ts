// moto's server as an AWS account that we did not write. It is lenient where AWS is strict: no paging, no trunk or branch type,
// no VPC id on clusters, HTML pages for what it lacks.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';
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

// moto_server, but it ends when its standard input does: also when the test run that started it is killed.
const SERVE = `
import os, sys, threading
from moto.server import main
threading.Thread(target=lambda: (sys.stdin.buffer.read(), os._exit(0)), daemon=True).start()
main(sys.argv[1:])
`;

/** A server on a port of its own, ready to answer. */
export async function startMoto({ python, aws }: Extract<MotoEnvironment, { ok: true }>): Promise<Moto> {
  const server = spawn(python, ['-c', SERVE, '--host', '127.0.0.1', '--port', '0']);
  const endpoint = await announcedEndpoint(server);
  server.unref();
  for (const pipe of [server.stdin, server.stdout, server.stderr]) if (pipe instanceof Socket) pipe.unref();
  // It logs every request; a full pipe would block it.
  server.stdout.resume();
  server.stderr.resume();
  return {
    endpoint,
    aws,
    env: motoEnv(endpoint),
    reset: async () => {
      const { ok, status } = await fetch(`${endpoint}/moto-api/reset`, { method: 'POST' });
      if (!ok) throw new Error(`moto did not reset: HTTP ${status}`);
    },
    stop: async () => {
      if (server.exitCode !== null || server.signalCode !== null) return;
      server.ref();
      const ended = once(server, 'exit');
      server.stdin.end();
      await ended;
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
      server.stdout?.off('data', listen);
      server.stderr?.off('data', listen);
      resolve(endpoint);
    };
    server.stdout?.on('data', listen);
    server.stderr?.on('data', listen);
    server.once('error', (error) => fail(`did not start: ${error.message}`));
    server.once('exit', (code) => fail(`ended with ${code}`));
  });
}
