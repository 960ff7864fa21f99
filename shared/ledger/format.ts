import * as v from 'valibot';
import type { Finding, Transition } from '../model/finding.ts';
import type { Sighting } from '../model/inventory.ts';
import { type FindingState, findingKey, type LedgerBody, type LedgerRecord, sightingKey } from '../model/ledger.ts';
import { type Evidence, SEVERITIES } from '../model/verdict.ts';

const FORMAT = 'sgp-warden-ledger';
const SCHEMA_VERSION = 1;

/** All records of a ledger: by `<account>/<region>`, then by key. */
export type LedgerTargets = Map<string, Map<string, LedgerRecord>>;

export type ParsedLedger = { ok: true; targets: LedgerTargets } | { ok: false; problem: string };

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const TEXT = v.pipe(v.string(), v.nonEmpty());
const TIME = v.pipe(
  v.string(),
  v.isoTimestamp(),
  v.check((text) => Number.isFinite(Date.parse(text)), 'is no time'),
);
const COUNT = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

const SIGHTING: v.GenericSchema<Sighting> = v.pipe(
  v.object({
    interfaceId: TEXT,
    as: v.picklist(['orphan', 'leak']),
    list: v.picklist(['branchEnis', 'trunkEnis']),
    fingerprint: TEXT,
    first: TIME,
    newest: TIME,
    count: COUNT,
  }),
  v.check((sighting) => Date.parse(sighting.first) <= Date.parse(sighting.newest), 'first is later than newest'),
);

const FINDING: v.GenericSchema<Finding> = v.object({
  id: TEXT,
  ruleId: TEXT,
  severity: v.picklist(SEVERITIES),
  verdict: v.literal('fail'),
  state: v.exactOptional(v.string()),
  subject: v.object({ type: v.picklist(['network-interface', 'security-group', 'subnet', 'vpc', 'slice', 'region']), id: v.string() }),
  cluster: v.nullable(v.string()),
  summary: v.string(),
  evidence: v.custom<Evidence>(isRecord, 'evidence is no object'),
  remedy: v.object({ summary: v.string(), commands: v.array(v.string()) }),
  sightings: COUNT,
  firstSeen: TIME,
});

const TRANSITION_KINDS = ['opened', 'changed', 'resolved', 'suppressed', 'approved', 'cleaned', 'cleanup-failed'] as const;
const TRANSITION = { kind: v.picklist(TRANSITION_KINDS), findingId: TEXT, at: TIME, says: v.string() } satisfies {
  [K in keyof Transition]: v.GenericSchema<Transition[K]>;
};

const STATE: v.GenericSchema<FindingState> = v.object({
  finding: FINDING,
  status: v.picklist(['open', 'resolved']),
  quiet: v.boolean(),
  meaning: v.string(),
  lastSeen: TIME,
  resolvedAt: v.exactOptional(TIME),
  pending: v.array(v.object({ ...TRANSITION, owedTo: v.array(v.string()) })),
});

const BODY: v.GenericSchema<LedgerBody> = v.variant('kind', [
  v.object({ kind: v.literal('sighting'), sighting: SIGHTING }),
  v.object({ kind: v.literal('finding'), state: STATE }),
]);

const RECORD: v.GenericSchema<Omit<LedgerRecord, 'key'>> = v.object({ version: COUNT, body: BODY });

const keyOf = (body: LedgerBody): string =>
  body.kind === 'sighting' ? sightingKey(body.sighting.interfaceId) : findingKey(body.state.finding.id);

/** The records in a ledger file's text, or the first thing that is wrong with it. */
export function parseLedger(text: string): ParsedLedger {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // Without the parser's own words: they quote the file, which may be anything, secrets included.
    return { ok: false, problem: text.trim() === '' ? 'it is empty' : 'it is not JSON' };
  }
  if (!isRecord(json) || json.format !== FORMAT) return { ok: false, problem: `it is not a ledger ("format" is not "${FORMAT}")` };
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
  if (!isRecord(json)) return { ok: false, problem: '"targets" is no object' };
  const targets: LedgerTargets = new Map();
  for (const [name, target] of Object.entries(json)) {
    if (!isRecord(target) || !isRecord(target.records)) return { ok: false, problem: `target "${name}" has no records` };
    const records = new Map<string, LedgerRecord>();
    for (const [key, record] of Object.entries(target.records)) {
      if (!v.is(RECORD, record)) return { ok: false, problem: `record "${key}" of ${name} is malformed: ${firstIssue(record)}` };
      if (key !== keyOf(record.body)) return { ok: false, problem: `record "${key}" of ${name} holds ${keyOf(record.body)}` };
      // What was read, not what the schema made of it: that would lose evidence keys like "constructor".
      records.set(key, { key, version: record.version, body: record.body });
    }
    targets.set(name, records);
  }
  return { ok: true, targets };
}

function firstIssue(record: unknown): string {
  const [issue] = v.safeParse(RECORD, record).issues ?? [];
  return issue ? `${v.getDotPath(issue) ?? 'all of it'}: ${issue.message}` : 'unreadable';
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
