import { expect, it } from '@jest/globals';
import { dayOf, duration, minuteOf } from '../../shared/content/time.ts';

it('gives times to the minute or the day, and what is none as it is', () => {
  const at = '2026-11-20T18:00:59.999Z';
  expect([minuteOf(at), minuteOf(new Date(at)), minuteOf('yesterday')]).toEqual([
    '2026-11-20 18:00 UTC',
    '2026-11-20 18:00 UTC',
    'yesterday',
  ]);
  expect([dayOf(at), dayOf('yesterday')]).toEqual(['2026-11-20', 'yesterday']);
});

it('gives a span in the unit that a person would use', () => {
  expect([duration(59_999), duration(7_140_000), duration(7_200_000), duration(172_800_000)]).toEqual([
    '0 min',
    '119 min',
    '2 h',
    '2 days',
  ]);
});
