import * as v from 'valibot';
import { type Of, TEXT } from '../../domain/values.ts';
import type { ParsedEvent } from '../../teardowns/delete-cluster-event.ts';

/** What every message is about. */
export const TARGET = { accountId: v.pipe(v.string(), v.regex(/^\d{12}$/)), region: TEXT } as const;

/** What a queue record's body holds, by its schema, or all that is wrong with it. */
export function parseBody<S extends v.GenericSchema>(schema: S, body: string): ParsedEvent<Of<S>> {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return { ok: false, reason: 'the message is not JSON' };
  }
  const parsed = v.safeParse(schema, json);
  // JSON leaves out what is undefined, which reads the same.
  if (parsed.success) return { ok: true, value: parsed.output as Of<S> };
  return { ok: false, reason: parsed.issues.map((issue) => `${v.getDotPath(issue) ?? 'the message'}: ${issue.message}`).join('; ') };
}
