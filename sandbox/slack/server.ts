import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { isRefusal, refusal } from './refusal.ts';

/** What the connection gets; `drop`: it breaks. */
export type Delivery = { status: number; headers?: Record<string, string>; body: string } | 'drop';

export interface Request {
  message: IncomingMessage;
  path: string;
  body: Buffer;
}

/** Listens on this machine only, on a free port. */
export async function listen(answer: (request: Request) => Promise<Delivery>): Promise<{ origin: string; stop: () => Promise<void> }> {
  const server = createServer((message, response) => {
    receive(message)
      .then(answer)
      .then(
        (delivery) => deliver(delivery, response),
        (error: unknown) => deliver({ status: 500, body: `The sandbox failed: ${error instanceof Error ? error.stack : error}` }, response),
      );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    origin: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Clients keep connections open.
        server.closeAllConnections();
      }),
  };
}

async function receive(message: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(Buffer.from(chunk));
  return { message, path: new URL(message.url ?? '/', 'http://slack').pathname, body: Buffer.concat(chunks) };
}

function deliver(delivery: Delivery, response: ServerResponse): void {
  if (delivery === 'drop') {
    response.socket?.destroy();
    return;
  }
  response.writeHead(delivery.status, { 'content-length': Buffer.byteLength(delivery.body), ...delivery.headers });
  response.end(delivery.body);
}

/** An answer in JSON. */
export const json = (status: number, body: unknown, headers: Record<string, string> = {}): Exclude<Delivery, 'drop'> => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(body),
});

// A mistake of the sandbox itself must not look like something that Slack says.
export const asRefusal = (error: unknown) =>
  isRefusal(error) ? error : refusal('sandbox_mistake', error instanceof Error ? (error.stack ?? error.message) : String(error));
