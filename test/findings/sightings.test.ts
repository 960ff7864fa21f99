import { describe, expect, it } from '@jest/globals';
import type { Observation, Sighting } from '../../shared/domain/inventory.ts';
import { foldSightings } from '../../shared/findings/sightings.ts';
import { minute, shown, sighting, time } from '../ledger/builders.ts';

const bothAt = (minutes: number) => ({ branchEnis: minute(minutes), trunkEnis: minute(minutes) });
const known = (changes: Partial<Sighting> = {}) => new Map([['eni-1', sighting(changes)]]);
const fold = (previous: Map<string, Sighting>, observations: Observation[], readAt: Parameters<typeof foldSightings>[2] = bothAt(40)) =>
  foldSightings(previous, observations, readAt).get('eni-1');

describe('foldSightings', () => {
  it('begins with what is shown for the first time', () => {
    expect(fold(new Map(), [shown()], bothAt(0))).toEqual(sighting());
  });

  it('counts what is shown again unchanged', () => {
    expect(fold(known(), [shown()])).toEqual(sighting({ newest: time(40), count: 2 }));
  });

  const again = { first: time(40), newest: time(40), count: 1 };
  it.each<[string, Partial<Observation>]>([
    ['its fingerprint', { fingerprint: 'f2' }],
    ['what it is shown as', { as: 'leak' }],
    ['the list that shows it', { list: 'trunkEnis' }],
  ])('starts again when a change is shown: %s', (_, change) => {
    const { outcome: _outcome, unread: _unread, ...shownAs } = shown(change);
    expect(fold(known({ count: 7 }), [shown(change)])).toEqual({ ...shownAs, ...again });
  });

  it.each<[string, Observation[], Parameters<typeof foldSightings>[2]]>([
    ['refuted', [shown({ outcome: 'refuted', as: undefined })], bothAt(40)],
    [
      'refuted by an answer for it, though the list was cut',
      [shown({ outcome: 'refuted', as: undefined })],
      { branchEnis: undefined, trunkEnis: undefined },
    ],
    ['absent from its complete list', [], bothAt(40)],
    ['absent from its complete list while the other one failed', [], { branchEnis: minute(40), trunkEnis: undefined }],
    ['changed, though its owners could not be read', [shown({ outcome: 'unread', as: undefined, fingerprint: 'f2' })], bothAt(40)],
    ['shown twice in one list, once otherwise', [shown(), shown({ outcome: 'refuted', as: undefined })], bothAt(40)],
  ])('ends when it is %s', (_, observations, readAt) => {
    expect(fold(known({ count: 7 }), observations, readAt)).toBeUndefined();
  });

  it.each<[string, Observation[], Parameters<typeof foldSightings>[2]]>([
    ['its owners could not be read', [shown({ outcome: 'unread', as: undefined })], bothAt(40)],
    ['its list could not be read', [], { branchEnis: undefined, trunkEnis: minute(40) }],
    ['no list could be read', [], { branchEnis: undefined, trunkEnis: undefined }],
    ['the clock stood still', [shown()], bothAt(0)],
    ['the clock went back', [shown()], bothAt(-5)],
  ])('neither counts nor resets when %s', (_, observations, readAt) => {
    expect(fold(known(), observations, readAt)).toEqual(sighting());
  });

  it('resets whatever the clock says', () => {
    expect(fold(known(), [shown({ fingerprint: 'f2' })], bothAt(-5))).toMatchObject({ fingerprint: 'f2', first: time(-5), count: 1 });
    expect(fold(known(), [shown({ outcome: 'refuted', as: undefined })], bothAt(-5))).toBeUndefined();
  });

  it('counts one run once, even if its pages show an interface twice', () => {
    expect(fold(known(), [shown(), shown()])).toMatchObject({ count: 2 });
  });

  it('leaves what it was given untouched, and every interface to its own fate', () => {
    const previous = new Map([...known(), ['eni-2', sighting({ interfaceId: 'eni-2' })]]);
    const folded = foldSightings(previous, [shown()], bothAt(40));
    expect([...folded.keys()]).toEqual(['eni-1']);
    expect(previous.size).toBe(2);
    expect(previous.get('eni-1')).toEqual(sighting());
  });
});
