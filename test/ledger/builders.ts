import type { Acceptance } from '../../shared/domain/acceptance.ts';
import { type Finding, type FindingState, findingId } from '../../shared/domain/finding.ts';
import type { Observation, Sighting } from '../../shared/domain/inventory.ts';
import type { Verdict } from '../../shared/domain/verdict.ts';
import { type Absence, diff, type JudgedRun } from '../../shared/findings/diff.ts';
import { FINDING, SIGHTING } from '../../shared/findings/record.ts';
import type { LedgerChange, LedgerRecord } from '../../shared/ledger/store.ts';
import { aboutOf } from '../support/about.ts';

export const TARGET = { accountId: '111122223333', region: 'eu-west-1' };

const START = Date.parse('2026-03-06T17:00:00.000Z');

/** A time so many minutes into the story. */
export const minute = (minutes: number): Date => new Date(START + minutes * 60_000);
export const time = (minutes: number): string => minute(minutes).toISOString();

export const sighting = (changes: Partial<Sighting> = {}): Sighting => ({
  interfaceId: 'eni-1',
  as: 'orphan',
  list: 'branchEnis',
  fingerprint: 'f1',
  first: time(0),
  newest: time(0),
  count: 1,
  ...changes,
});

export const shown = (changes: Partial<Observation> = {}): Observation => ({
  interfaceId: 'eni-1',
  as: 'orphan',
  list: 'branchEnis',
  fingerprint: 'f1',
  outcome: 'shown',
  unread: changes.outcome === 'unread' ? ['orphan', 'leak'] : [],
  ...changes,
});

export const verdict = (changes: Partial<Verdict> = {}): Verdict => ({
  ruleId: 'orphaned-branch-eni',
  ...aboutOf(changes.ruleId ?? 'orphaned-branch-eni'),
  severity: 'high',
  verdict: 'fail',
  state: 'suspect',
  subject: { type: 'network-interface', id: 'eni-1' },
  cluster: 'blue',
  summary: 'eni-1 is left behind',
  evidence: {},
  remedy: { summary: 'Wait', commands: [] },
  ...changes,
});

export const finding = (changes: Partial<Finding> = {}): Finding => {
  const { ruleId, severity, subject, summary, evidence } = verdict();
  const remedy = { summary: 'Wait', commands: [] };
  const built = { ruleId, severity, verdict: 'fail', state: 'suspect', subject, cluster: 'blue', summary, evidence, remedy } as const;
  return { id: findingId(TARGET, verdict()), ...aboutOf(changes.ruleId ?? ruleId), ...built, sightings: 1, firstSeen: time(0), ...changes };
};

export const findingState = (changes: Partial<FindingState> = {}): FindingState => ({
  finding: finding(),
  status: 'open',
  quiet: false,
  meaning: 'high/suspect',
  lastSeen: time(0),
  pending: [],
  ...changes,
});

/** The write of a sighting, and the record that it makes. */
export const putSighting = (ifVersion: number, changes: Partial<Sighting> = {}) => {
  const body = { kind: 'sighting', state: sighting(changes) } as const;
  return { key: SIGHTING.key(body.state.interfaceId), ifVersion, body } satisfies LedgerChange;
};

export const putFinding = (ifVersion: number, changes: Partial<Finding> = {}) => {
  const body = { kind: 'finding', state: findingState({ finding: finding(changes) }) } as const;
  return { key: FINDING.key(body.state.finding.id), ifVersion, body } satisfies LedgerChange;
};

export const recordOf = ({ key, ifVersion, body }: Exclude<LedgerChange, { delete: true }>): LedgerRecord => ({
  key,
  version: ifVersion + 1,
  body,
});

/** One run after what is known, 40 minutes into the story; by default it covered everything and nobody is to be told. */
export interface Given {
  known?: FindingState[];
  verdicts?: Verdict[];
  covered?: boolean;
  absence?: Absence;
  publishers?: string[];
  acceptances?: Acceptance[];
  at?: number;
  because?: JudgedRun['because'];
}

export const runDiff = ({
  known = [],
  verdicts = [],
  covered = true,
  absence,
  publishers = [],
  acceptances = [],
  at = 40,
  because,
}: Given) =>
  diff(
    new Map(known.map((state) => [state.finding.id, state])),
    {
      ...{ verdicts, target: TARGET, covered: () => covered, absence: () => absence, because },
      acceptances: new Map(acceptances.map((each) => [each.findingId, each])),
    },
    minute(at),
    publishers,
  );
