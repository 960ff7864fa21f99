import { isDeepStrictEqual } from 'node:util';
import type { FindingState } from '../domain/finding.ts';
import type { Sighting } from '../domain/inventory.ts';
import { FINDING, SIGHTING } from '../findings/record.ts';
import type { LedgerBody, LedgerChange, LedgerRecord } from './store.ts';

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
  const ended = records.filter(({ body }) => body.kind === 'sighting' && !sightings.has(body.state.interfaceId));
  return [
    ...ended.map(({ key, version }): LedgerChange => ({ key, ifVersion: version, delete: true })),
    ...[...sightings].flatMap(([interfaceId, sighting]) => put(SIGHTING.key(interfaceId), { kind: 'sighting', state: sighting })),
    ...states.flatMap((state) => put(FINDING.key(state.finding.id), { kind: 'finding', state })),
  ];
}
