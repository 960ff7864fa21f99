import type { Setup } from './dispatch.ts';
import type { AwsRequest, HttpAnswer } from './service.ts';

const json = (status: number, body: unknown): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: `${JSON.stringify(body, null, 2)}\n`,
});

/** What a person at a terminal may ask of a sandbox in another process: its clock, its calls, the harm done, what was published and measured. */
export function control(
  { timeline, calls, harm, published, metrics }: Setup,
  { method, path, query }: Pick<AwsRequest, 'method' | 'path' | 'query'>,
): HttpAnswer {
  const minutes = Number(query.get('minutes') ?? Number.NaN);
  switch (`${method} ${path}`) {
    case 'GET /_sandbox/clock':
      timeline.settle();
      return json(200, { now: timeline.now() });
    case 'POST /_sandbox/advance':
      if (!(minutes >= 0)) return json(400, { message: 'How many minutes? POST /_sandbox/advance?minutes=30' });
      timeline.advance(minutes);
      return json(200, { now: timeline.now() });
    case 'GET /_sandbox/calls':
      return json(200, calls);
    case 'GET /_sandbox/harm':
      return json(200, harm);
    case 'GET /_sandbox/published':
      return json(200, published);
    case 'GET /_sandbox/metrics':
      return json(200, metrics);
    default:
      return json(404, { message: 'GET /_sandbox/{clock,calls,harm,published,metrics}, POST /_sandbox/advance?minutes=N' });
  }
}
