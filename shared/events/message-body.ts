import * as v from 'valibot';
import type { ParsedEvent } from './delete-cluster.ts';

/** What a queue record's body holds, by its schema, or all that is wrong with it. */
export function parseBody<T>(schema: v.GenericSchema<unknown, T>, body: string): ParsedEvent<T> {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return { ok: false, reason: 'the message is not JSON' };
  }
  const parsed = v.safeParse(schema, json);
  if (parsed.success) return { ok: true, value: parsed.output };
  return { ok: false, reason: parsed.issues.map((issue) => `${v.getDotPath(issue) ?? 'the message'}: ${issue.message}`).join('; ') };
}
