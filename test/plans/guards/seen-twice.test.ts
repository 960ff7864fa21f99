import { describe, expect, it } from '@jest/globals';
import guard from '../../../shared/plans/guards/seen-twice.ts';
import { sighting } from '../../support/interfaces.ts';
import { orphan, said } from '../candidates.ts';

describe('seen-twice', () => {
  it.each([
    ['twice, the minimum age apart', {}, 'allows'],
    ['twice, a second too soon', { newest: '2026-11-20T17:59:59.000Z' }, /two sightings at least 30 minutes apart are needed/],
    ['once, long ago', { count: 1 }, /seen unchanged 1x/],
    ['as a leak', { as: 'leak' as const }, 'not seen before'],
    ['at times that are none', { first: 'yesterday' }, /are needed/],
  ])('seen %s', (_name, changes, says) => {
    expect(said(guard, orphan({ sighting: sighting(changes) }))).toMatch(says);
  });

  it('refuses what was never seen', () => {
    expect(said(guard, orphan({ sighting: undefined }))).toBe('not seen before');
  });

  it('wants two sightings even with a minimum age of zero', () => {
    expect(said(guard, orphan({ sighting: sighting({ count: 1 }) }), { minOrphanAgeMinutes: 0 })).not.toBe('allows');
  });
});
