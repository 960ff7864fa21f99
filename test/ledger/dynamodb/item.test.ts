import { describe, expect, it } from '@jest/globals';
import { placeOf, toItem } from '../../../shared/ledger/dynamodb/item.ts';
import { minute, putSighting, recordOf, TARGET } from '../builders.ts';

const sortKeyOf = (key: string): string => placeOf(TARGET, key).sk.S;

describe('the item of a record', () => {
  it('lies under its account and region, and holds what a person or a filter looks for', () => {
    expect(toItem(TARGET, { ...recordOf(putSighting(2)), writeId: 'w', at: minute(0) })).toEqual({
      pk: { S: '111122223333/eu-west-1' },
      sk: { S: 'sighting/eni-1' },
      version: { N: '3' },
      kind: { S: 'sighting' },
      writeId: { S: 'w' },
      body: { S: JSON.stringify(putSighting(2).body) },
    });
  });

  it.each([
    ['a key as AWS makes them', 'finding/orphaned-branch-eni/1/eu-west-1/blue/eni-1', 'finding/orphaned-branch-eni/1/eu-west-1/blue/eni-1'],
    ['letters of the world', 'finding/ü😀', 'finding/ü😀'],
    ['half a character, which UTF-8 cannot write', 'finding/\ud800', 'finding/\\ud800'],
    ['what looks like it', 'finding/\\ud800', 'finding/\\\\ud800'],
  ])('has a sort key for %s', (_, key, sortKey) => {
    expect(sortKeyOf(key)).toBe(sortKey);
    expect(sortKeyOf(key).isWellFormed()).toBe(true);
  });

  it('has a sort key within 1,024 bytes, however long the key is', () => {
    const keys = [1_000, 1_001, 5_000].flatMap((length) => ['a', 'ü', '"', '\ud800'].map((letter) => letter.repeat(length)));
    for (const key of keys) expect(Buffer.byteLength(sortKeyOf(key))).toBeLessThanOrEqual(1_024);
    expect(new Set(keys.map(sortKeyOf)).size).toBe(keys.length);
  });
});
