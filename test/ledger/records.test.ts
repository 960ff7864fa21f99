import { describe, expect, it } from '@jest/globals';
import { FINDING, SIGHTING } from '../../shared/findings/record.ts';
import { statesById, statesOf } from '../../shared/ledger/kind.ts';
import { toChanges } from '../../shared/ledger/records.ts';
import { TEARDOWN } from '../../shared/teardowns/record.ts';
import { finding, findingState, putFinding, putSighting, recordOf, sighting, time } from './builders.ts';
import { putTeardown, teardownState } from './teardown-builders.ts';

const loaded = [recordOf(putSighting(4)), recordOf(putSighting(0, { interfaceId: 'eni-2' })), recordOf(putFinding(2))];

describe('the records of a ledger', () => {
  it('are sightings by interface and findings by id', () => {
    expect([...statesById(loaded, SIGHTING)]).toEqual([
      ['eni-1', sighting()],
      ['eni-2', sighting({ interfaceId: 'eni-2' })],
    ]);
    expect([...statesById(loaded, FINDING)]).toEqual([[finding().id, findingState()]]);
  });

  it('are teardowns by the key of their record, which sightings and findings leave alone', () => {
    const teardown = recordOf(putTeardown(1));
    expect(statesOf([...loaded, teardown], TEARDOWN)).toEqual([teardownState()]);
    expect(toChanges([...loaded, teardown], statesById(loaded, SIGHTING), [])).toEqual([]);
  });

  it('need no write for what is the same', () => {
    expect(toChanges(loaded, statesById(loaded, SIGHTING), [findingState()])).toEqual([]);
  });

  it('are written only if they still have the version that was read, new ones only if there is none', () => {
    const counted = sighting({ newest: time(40), count: 2 });
    const sightings = new Map([...statesById(loaded, SIGHTING), ['eni-1', counted], ['eni-3', sighting({ interfaceId: 'eni-3' })]]);
    const seen = findingState({ lastSeen: time(40) });
    const other = findingState({ finding: finding({ id: 'other' }) });
    expect(toChanges(loaded, sightings, [seen, other])).toEqual([
      { key: 'sighting/eni-1', ifVersion: 5, body: { kind: 'sighting', state: counted } },
      { key: 'sighting/eni-3', ifVersion: 0, body: { kind: 'sighting', state: sighting({ interfaceId: 'eni-3' }) } },
      { key: `finding/${finding().id}`, ifVersion: 3, body: { kind: 'finding', state: seen } },
      { key: 'finding/other', ifVersion: 0, body: { kind: 'finding', state: other } },
    ]);
  });

  it('lose the sightings that ended, and never a finding', () => {
    expect(toChanges(loaded, new Map(), [])).toEqual([
      { key: 'sighting/eni-1', ifVersion: 5, delete: true },
      { key: 'sighting/eni-2', ifVersion: 1, delete: true },
    ]);
  });
});
