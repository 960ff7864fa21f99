import { once } from 'node:events';
import { Readable } from 'node:stream';
import { isFields, type Params } from '../http/param.ts';
import type { CallContext } from '../http/service.ts';
import type { RegionWorld } from '../world/region-world.ts';

export interface DynaliteAnswer {
  status: number;
  body: Params;
}
/** One request to the tables of a region. */
export type Dynalite = (action: string, params: Params) => Promise<DynaliteAnswer>;

// By world, so that a region's tables end with its sandbox.
const regions = new WeakMap<RegionWorld, { dynalite: Promise<Dynalite>; made: Set<string>; ready: Promise<void> }>();

/** The tables of a region, among them those that `world().createTable` made. */
export async function tablesOf({ world }: CallContext): Promise<Dynalite> {
  const region = regions.get(world) ?? { dynalite: start(), made: new Set<string>(), ready: Promise.resolve() };
  regions.set(world, region);
  const dynalite = await region.dynalite;
  region.ready = region.ready.then(async () => {
    for (const name of world.state.tables.keys()) {
      if (region.made.has(name)) continue;
      await create(dynalite, name);
      region.made.add(name);
    }
  });
  await region.ready;
  return dynalite;
}

async function start(): Promise<Dynalite> {
  // Loaded at the first call of DynamoDB: most sandboxes never need it, and it takes a while.
  const { default: dynalite } = await import('dynalite');
  const server = dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 });
  return async (action, params) => {
    const request = Object.assign(Readable.from([Buffer.from(JSON.stringify(params))]), {
      method: 'POST',
      url: '/',
      headers: {
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': `DynamoDB_20120810.${action}`,
        'x-amz-date': '20261121T120000Z',
        authorization: 'AWS4-HMAC-SHA256 Credential=sandbox, SignedHeaders=host, Signature=0',
      },
    });
    // dynalite never listens: it is handed what it uses of a request and a response.
    const response = Object.assign(new Readable(), {
      statusCode: 200,
      setHeader: () => {},
      end: (body: string) => response.emit('answer', body),
    });
    const answered = once(response, 'answer');
    server.emit('request', request, response);
    const [text] = await answered;
    const body: unknown = JSON.parse(String(text));
    return { status: response.statusCode, body: isParams(body) ? body : {} };
  };
}
const isParams = (value: unknown): value is Params => typeof value === 'object' && value !== null;

async function create(dynalite: Dynalite, TableName: string): Promise<void> {
  const { status, body } = await dynalite('CreateTable', {
    TableName,
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
    ],
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    BillingMode: 'PAY_PER_REQUEST',
  });
  if (status !== 200) throw new Error(`dynalite did not create the table ${TableName}: ${JSON.stringify(body)}`);
  for (;;) {
    const { Table } = (await dynalite('DescribeTable', { TableName })).body;
    if (isFields(Table) && Table.TableStatus === 'ACTIVE') return;
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
