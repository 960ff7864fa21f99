import { isObject } from '../domain/values.ts';
import type { LedgerRecord } from './store.ts';
import { parseRecord } from './stored.ts';

const FORMAT = 'sgp-warden-ledger';
const SCHEMA_VERSION = 1;

/** All records of a ledger: by `<account>/<region>`, then by key. */
export type LedgerTargets = Map<string, Map<string, LedgerRecord>>;

export type ParsedLedger = { ok: true; targets: LedgerTargets } | { ok: false; problem: string };

/** The records in a ledger file's text, or the first thing that is wrong with it. */
export function parseLedger(text: string): ParsedLedger {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // Without the parser's own words: they quote the file, which may be anything, secrets included.
    return { ok: false, problem: text.trim() === '' ? 'it is empty' : 'it is not JSON' };
  }
  if (!isObject(json) || json.format !== FORMAT) return { ok: false, problem: `it is not a ledger ("format" is not "${FORMAT}")` };
  if (json.schemaVersion !== SCHEMA_VERSION) {
    const version = JSON.stringify(json.schemaVersion);
    return {
      ok: false,
      problem: `its schemaVersion is ${version}, and this program knows ${SCHEMA_VERSION}: another version of it wrote this file`,
    };
  }
  return parseTargets(json.targets);
}

function parseTargets(json: unknown): ParsedLedger {
  if (!isObject(json)) return { ok: false, problem: '"targets" is no object' };
  const targets: LedgerTargets = new Map();
  for (const [name, target] of Object.entries(json)) {
    if (!isObject(target) || !isObject(target.records)) return { ok: false, problem: `target "${name}" has no records` };
    const records = new Map<string, LedgerRecord>();
    for (const [key, stored] of Object.entries(target.records)) {
      const parsed = parseRecord(stored);
      if (!parsed.ok) return { ok: false, problem: `record "${key}" of ${name} ${parsed.problem}` };
      if (parsed.record.key !== key) return { ok: false, problem: `record "${key}" of ${name} holds ${parsed.record.key}` };
      records.set(key, parsed.record);
    }
    targets.set(name, records);
  }
  return { ok: true, targets };
}

/** The text of a ledger file, indented for people. Throws rather than give a text that `parseLedger` would not accept. */
export function printLedger(targets: LedgerTargets): string {
  const plain = [...targets].map(([name, records]) => {
    const stored = [...records.values()].map(({ key, version, body }) => [key, { version, body }]);
    return [name, { records: Object.fromEntries(stored) }];
  });
  const text = `${JSON.stringify({ format: FORMAT, schemaVersion: SCHEMA_VERSION, targets: Object.fromEntries(plain) }, undefined, 2)}\n`;
  const parsed = parseLedger(text);
  if (!parsed.ok) throw new Error(`a ledger that could not be read again must not be written: ${parsed.problem}`);
  return text;
}
