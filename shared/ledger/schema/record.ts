// What a stored record must look like before it is believed: a ledger outlives the program that wrote it, and anybody may edit it.
import * as v from 'valibot';
import { changeKey, changeNoticeKey, JUDGING_KEY } from '../../model/change.ts';
import type { Finding, Transition } from '../../model/finding.ts';
import type { Sighting } from '../../model/inventory.ts';
import {
  acceptanceKey,
  clickKey,
  DAILY_KEY,
  decisionKey,
  deletionKey,
  type FindingState,
  findingKey,
  type LedgerBody,
  type LedgerRecord,
  listReadKey,
  planKey,
  sightingKey,
  slackMessageKey,
  WATCH_KEY,
} from '../../model/ledger.ts';
import { teardownKey } from '../../model/teardown.ts';
import { type Evidence, SEVERITIES } from '../../model/verdict.ts';
import { ACCEPTANCE, ACCEPTED } from './acceptance.ts';
import { CHANGE_NOTICE_STATE, CHANGE_STATE, JUDGING } from './change.ts';
import { DAILY_STATE, WATCH } from './daily.ts';
import { DELETION } from './deletion.ts';
import { DECISION_RECORD, PLAN_STATE } from './plan.ts';
import { CLICK, SLACK_MESSAGE } from './slack.ts';
import { TEARDOWN_STATE } from './teardown.ts';
import { type Stored, TEXT, TIME, wholeFrom } from './values.ts';

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const COUNT = wholeFrom(1);

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
  subject: v.object({
    type: v.picklist(['network-interface', 'security-group', 'security-group-set', 'subnet', 'vpc', 'slice', 'region']),
    id: v.string(),
  }),
  cluster: v.nullable(v.string()),
  summary: v.string(),
  evidence: v.custom<Evidence>(isObject, 'evidence is no object'),
  remedy: v.object({ summary: v.string(), commands: v.array(v.string()) }),
  sightings: COUNT,
  firstSeen: TIME,
  accepted: v.exactOptional(v.object(ACCEPTED)),
});

const TRANSITION_KINDS = ['opened', 'changed', 'resolved', 'suppressed', 'approved', 'cleaned', 'cleanup-failed'] as const;
const TRANSITION = {
  kind: v.picklist(TRANSITION_KINDS),
  findingId: TEXT,
  at: TIME,
  says: v.string(),
  cause: v.exactOptional(v.string()),
} satisfies {
  [K in keyof Transition]: v.GenericSchema<Transition[K]>;
};

const FINDING_STATE: v.GenericSchema<FindingState> = v.object({
  finding: FINDING,
  status: v.picklist(['open', 'resolved']),
  quiet: v.boolean(),
  meaning: v.string(),
  lastSeen: TIME,
  resolvedAt: v.exactOptional(TIME),
  pending: v.array(v.object({ ...TRANSITION, owedTo: v.array(v.string()) })),
});

// As JSON gives it back: a key whose value was undefined is not there, which reads the same.
type Loose = Extract<LedgerBody, { kind: 'teardown' | 'deletion' | 'plan' | 'daily' }>;
type StoredBody = Exclude<LedgerBody, Loose> | Stored<Loose>;

const BODY: v.GenericSchema<StoredBody> = v.variant('kind', [
  v.object({ kind: v.literal('sighting'), sighting: SIGHTING }),
  v.object({ kind: v.literal('finding'), state: FINDING_STATE }),
  v.object({ kind: v.literal('teardown'), state: TEARDOWN_STATE }),
  v.object({ kind: v.literal('deletion'), deletion: DELETION }),
  v.object({ kind: v.literal('plan'), state: PLAN_STATE }),
  v.object({ kind: v.literal('decision'), decision: DECISION_RECORD }),
  v.object({ kind: v.literal('change'), state: CHANGE_STATE }),
  v.object({ kind: v.literal('change-notice'), state: CHANGE_NOTICE_STATE }),
  v.object({ kind: v.literal('judging'), judging: JUDGING }),
  v.object({ kind: v.literal('acceptance'), acceptance: ACCEPTANCE }),
  v.object({ kind: v.literal('watch'), watch: WATCH }),
  v.object({ kind: v.literal('daily'), state: DAILY_STATE }),
  v.object({ kind: v.literal('slack-message'), message: SLACK_MESSAGE }),
  v.object({ kind: v.literal('click'), click: CLICK }),
  v.object({ kind: v.literal('list-read'), list: v.picklist(['branchEnis', 'trunkEnis']), readAt: TIME }),
]);

const RECORD = v.object({ version: COUNT, body: BODY });

type Unkeyed = Omit<LedgerRecord, 'key'>;
const isUnkeyed = (value: unknown): value is Unkeyed => v.is(RECORD, value);

/** The key that a body belongs under. */
export function keyOf(body: LedgerBody): string {
  switch (body.kind) {
    case 'sighting':
      return sightingKey(body.sighting.interfaceId);
    case 'list-read':
      return listReadKey(body.list);
    case 'deletion':
      return deletionKey(body.deletion.interfaceId);
    case 'plan':
      return planKey(body.state.plan.id);
    case 'decision':
      return decisionKey(body.decision);
    case 'change':
      return changeKey(body.state.change.id);
    case 'change-notice':
      return changeNoticeKey(body.state.notice.id);
    case 'judging':
      return JUDGING_KEY;
    case 'acceptance':
      return acceptanceKey(body.acceptance.findingId);
    case 'watch':
      return WATCH_KEY;
    case 'daily':
      return DAILY_KEY;
    case 'slack-message':
      return slackMessageKey(body.message.id);
    case 'click':
      return clickKey(body.click.id);
    case 'finding':
      return findingKey(body.state.finding.id);
    case 'teardown':
      return teardownKey(body.state.teardown.cluster);
  }
}

export type ParsedRecord = { ok: true; record: LedgerRecord } | { ok: false; problem: string };

/** The record that was stored, under the key that its body belongs under, or what is wrong with it. */
export function parseRecord(stored: unknown): ParsedRecord {
  if (!isUnkeyed(stored)) return { ok: false, problem: `is malformed: ${firstIssue(stored)}` };
  // What was read, not what the schema made of it: that would lose what a newer version of this program added.
  return { ok: true, record: { key: keyOf(stored.body), version: stored.version, body: stored.body } };
}

function firstIssue(stored: unknown): string {
  const [issue] = v.safeParse(RECORD, stored).issues ?? [];
  const at = issue && v.getDotPath(issue);
  if (at === 'body.kind' && typeof issue?.input === 'string') {
    // Whoever deletes it as broken deletes what a newer stack remembers.
    return `body.kind: this version of sgp-warden does not know ${issue.received}; where a newer one keeps this ledger, use that one`;
  }
  return issue ? `${at ?? 'all of it'}: ${issue.message}` : 'unreadable';
}
