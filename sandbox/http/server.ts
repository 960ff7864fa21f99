import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { createBuckets } from './buckets.ts';
import { control } from './control.ts';
import { type Delivery, dispatch, type Setup } from './dispatch.ts';
import { createPageTokens } from './paging.ts';
import { scopeOf } from './scope.ts';

export type ServerOptions = Omit<Setup, 'tokens' | 'buckets'> & { throttling: boolean; port: number };

/** Starts listening on this machine only. */
export async function startServer(options: ServerOptions): Promise<{ endpoint: string; stop: () => Promise<void> }> {
  const { throttling, port, ...given } = options;
  const setup: Setup = { ...given, tokens: createPageTokens(), buckets: throttling ? createBuckets(given.timeline) : undefined };
  const server = createServer((message, response) => {
    answer(setup, message).then(
      (delivery) => deliver(delivery, response),
      (error: unknown) => deliver(plain(500, `The sandbox failed: ${error instanceof Error ? error.stack : String(error)}`), response),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    endpoint: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Clients keep connections open, and a call that hangs never ends by itself.
        server.closeAllConnections();
      }),
  };
}

async function answer(setup: Setup, message: IncomingMessage): Promise<Delivery> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk));
  const { pathname, searchParams } = new URL(message.url ?? '/', 'http://sandbox');
  const sent = Buffer.concat(chunks);
  // The SDK compresses large bodies of calls that allow it, e.g. PutMetricData.
  const body = (message.headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent).toString('utf8');
  const request = { method: message.method ?? 'GET', path: pathname, query: searchParams, body, headers: message.headers };
  if (pathname.startsWith('/_sandbox/')) return control(setup, request);
  const scope = scopeOf(message.headers.authorization);
  if (!scope)
    return plain(
      403,
      'MissingAuthenticationToken: the request has no SigV4 Authorization header, so the sandbox cannot tell its service and region.',
    );
  const token = message.headers['x-amz-security-token'];
  return dispatch(setup, { ...request, ...scope, ...(typeof token === 'string' ? { session: token } : {}) });
}

export const plain = (status: number, body: string): Delivery => ({ status, headers: { 'content-type': 'text/plain' }, body: `${body}\n` });

function deliver(delivery: Delivery, response: ServerResponse): void {
  if (delivery === 'hang') return;
  if (delivery === 'drop') {
    const socket: Socket | null = response.socket;
    socket?.destroy();
    return;
  }
  // Some callers live at the sandbox's time, others at the machine's, and the SDK retries whatever a server refuses whose clock is not its own.
  response.sendDate = false;
  response.writeHead(delivery.status, { ...delivery.headers, 'content-length': Buffer.byteLength(delivery.body) });
  response.end(delivery.body);
}
