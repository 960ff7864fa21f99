import { describe, expect, it } from '@jest/globals';
import { afterFirstClause, firstClause } from '../../shared/content/clauses.ts';

describe('a sentence', () => {
  it.each([
    ['eni-1 is gone: EC2 said so', 'eni-1 is gone', 'EC2 said so'],
    ['sg-1 is held; 2 addresses: back', 'sg-1 is held', '2 addresses: back'],
    ['Nothing is left.', 'Nothing is left', ''],
    ['at 18:00 in arn:aws:eks', 'at 18:00 in arn:aws:eks', ''],
    ['', '', ''],
  ])('%j says %j, and in detail %j', (sentence, clause, details) => {
    expect([firstClause(sentence), afterFirstClause(sentence)]).toEqual([clause, details]);
  });
});
