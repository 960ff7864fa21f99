import { isDeepStrictEqual } from 'node:util';
import type { Acceptance } from '../model/acceptance.ts';
import type { ChangeState } from '../model/change.ts';
import type { DeletionRecord } from '../model/cleanup.ts';
import type { Watch } from '../model/daily.ts';
import type { Sighting } from '../model/inventory.ts';
import {
  type FindingState,
  findingKey,
  type LedgerBody,
  type LedgerChange,
  type LedgerRecord,
  type PlanState,
  sightingKey,
  type TeardownState,
} from '../model/ledger.ts';
import type { DecisionRecord } from '../model/plan.ts';
import type { ClickRecord } from '../model/slack.ts';

/** The sightings among the records, by interface id. */
export function sightingsOf(records: readonly LedgerRecord[]): Map<string, Sighting> {
  return new Map(records.flatMap(({ body }) => (body.kind === 'sighting' ? [[body.sighting.interfaceId, body.sighting]] : [])));
}

/** The findings' states among the records, by finding id. */
export function findingsOf(records: readonly LedgerRecord[]): Map<string, FindingState> {
  return new Map(records.flatMap(({ body }) => (body.kind === 'finding' ? [[body.state.finding.id, body.state]] : [])));
}

/** The teardowns' states among the records, by the key of their record. */
export function teardownsOf(records: readonly LedgerRecord[]): Map<string, TeardownState> {
  return new Map(records.flatMap(({ key, body }) => (body.kind === 'teardown' ? [[key, body.state]] : [])));
}

/** The deletions among the records, newest first. */
export function deletionsOf(records: readonly LedgerRecord[]): DeletionRecord[] {
  const all = records.flatMap(({ body }) => (body.kind === 'deletion' ? [body.deletion] : []));
  return all.sort((a, b) => b.at.localeCompare(a.at) || a.interfaceId.localeCompare(b.interfaceId));
}

/** The plans among the records, by the key of their record. */
export function plansOf(records: readonly LedgerRecord[]): Map<string, PlanState> {
  return new Map(records.flatMap(({ key, body }) => (body.kind === 'plan' ? [[key, body.state]] : [])));
}

/** The decisions among the records, newest first. */
export function decisionsOf(records: readonly LedgerRecord[]): DecisionRecord[] {
  const all = records.flatMap(({ body }) => (body.kind === 'decision' ? [body.decision] : []));
  return all.sort((a, b) => b.at.localeCompare(a.at) || a.id.localeCompare(b.id));
}

/** The clicks among the records, newest first. */
export function clicksOf(records: readonly LedgerRecord[]): ClickRecord[] {
  const all = records.flatMap(({ body }) => (body.kind === 'click' ? [body.click] : []));
  return all.sort((a, b) => b.at.localeCompare(a.at) || a.id.localeCompare(b.id));
}

/** The changes among the records, pending ones and judged ones. */
export function changesOf(records: readonly LedgerRecord[]): ChangeState[] {
  return records.flatMap(({ body }) => (body.kind === 'change' ? [body.state] : []));
}

/** The acceptances among the records, those that ended included, by finding id. */
export function acceptancesOf(records: readonly LedgerRecord[]): Map<string, Acceptance> {
  return new Map(records.flatMap(({ body }) => (body.kind === 'acceptance' ? [[body.acceptance.findingId, body.acceptance]] : [])));
}

/** What is kept of the region's audits, or undefined when none was recorded. */
export const watchOf = (records: readonly LedgerRecord[]): Watch | undefined =>
  records.flatMap(({ body }) => (body.kind === 'watch' ? [body.watch] : []))[0];

/**
 * The writes that turn the loaded records into this run's results, and none for what is the same. `sightings` is the whole of them:
 * one that is missing ended and is deleted. `states` are those that changed; findings are never deleted.
 */
export function toChanges(
  records: readonly LedgerRecord[],
  sightings: ReadonlyMap<string, Sighting>,
  states: readonly FindingState[],
): LedgerChange[] {
  const loaded = new Map(records.map((record) => [record.key, record]));
  const put = (key: string, body: LedgerBody): LedgerChange[] => {
    const record = loaded.get(key);
    return isDeepStrictEqual(record?.body, body) ? [] : [{ key, ifVersion: record?.version ?? 0, body }];
  };
  const ended = records.filter(({ body }) => body.kind === 'sighting' && !sightings.has(body.sighting.interfaceId));
  return [
    ...ended.map(({ key, version }): LedgerChange => ({ key, ifVersion: version, delete: true })),
    ...[...sightings].flatMap(([interfaceId, sighting]) => put(sightingKey(interfaceId), { kind: 'sighting', sighting })),
    ...states.flatMap((state) => put(findingKey(state.finding.id), { kind: 'finding', state })),
  ];
}

/**
 * Whom a run owes what it finds: its own publishers; where it has none, as a person's has, those of the stack that keeps this ledger. Else
 * the stack would find it known already, and nobody would ever be told.
 */
export const owedTo = (publishers: readonly { name: string }[], records: readonly LedgerRecord[]): readonly string[] =>
  publishers.length > 0 ? publishers.map(({ name }) => name) : (watchOf(records)?.publishers ?? []);
