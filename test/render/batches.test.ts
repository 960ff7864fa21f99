import { describe, expect, it } from '@jest/globals';
import type { Announcement } from '../../shared/content/announcement.ts';
import type { Severity } from '../../shared/domain/verdict.ts';
import { attributesOf } from '../../shared/render/attributes.ts';
import { batchesOf } from '../../shared/render/batches.ts';
import { leftover } from '../support/leftovers.ts';
import { planOutcome, proposed, result, stopped } from '../support/plans.ts';
import { backAgain, certified, cutOff, gone, many, suspect, told, toldPlan, unread, warned } from './announcements.ts';

const of = (severity: Severity, count: number, from = 0): Announcement[] =>
  Array.from({ length: count }, (_, n) => told('opened', { ...leftover(from + n), severity }));
const sizes = (announcements: readonly Announcement[]) => batchesOf(announcements).map((batch) => batch.length);

describe('what goes into one message', () => {
  it('is one announcement each, up to ten', () => {
    expect(sizes([])).toEqual([]);
    expect(sizes(many(10))).toEqual(Array(10).fill(1));
  });

  it('is all of them from eleven on', () => {
    expect(sizes(many(11))).toEqual([11]);
    expect(sizes(many(5_000))).toEqual([5_000]);
  });

  it.each([
    ['a warning and a certificate stay messages of their own', [...many(40), certified(), warned()], [1, 1, 40]],
    [
      'so do a question and what came of it',
      [...many(40), toldPlan('finished', proposed({ status: 'done', result: result() })), toldPlan('proposed', proposed())],
      [1, 1, 40],
    ],
    ['so does what somebody cut off, and what came back', [...many(40), backAgain(), cutOff()], [1, 1, 40]],
    ['so does what is critical', [...of('low', 12), ...of('critical', 3, 50)], [1, 1, 1, 12]],
    ['and what is high, where all of it fits', [...of('medium', 4), ...of('high', 9, 50)], [...Array(9).fill(1), 4]],
    ['but not a part of it', [...of('medium', 4), ...of('high', 10, 50)], [14]],
    ['what is open goes before what is over', [...Array.from({ length: 30 }, (_, n) => gone(n + 50)), ...many(2)], [1, 1, 30]],
  ])('%s', (_, announcements, expected) => {
    expect(sizes(announcements)).toEqual(expected);
  });

  it('comes in the order of its urgency, and otherwise as it came', () => {
    const asked = toldPlan('proposed', proposed());
    const [low, high, critical, late] = [of('low', 1, 1), of('high', 1, 2), of('critical', 1, 3), of('high', 1, 4)].flat();
    const warning = warned();
    const over = gone(9);
    const all = [low, over, high, certified(), late, critical, asked, warning].flatMap((each) => each ?? []);
    const ids = batchesOf(all).flatMap((batch) => batch.map(({ id }) => id));
    expect(ids).toEqual([warning, asked, certified(), critical, high, late, low, over].map((each) => each?.id));
  });

  it('is split only where its labels would be too large to filter by', () => {
    const clusters = Array.from({ length: 600 }, (_, n) => told('opened', leftover(n, { cluster: `${'c'.repeat(90)}-${n}` })));
    const batches = batchesOf(clusters);
    expect(batches.length).toBeGreaterThan(2);
    expect(batches.flat()).toEqual(clusters);
    for (const batch of batches) expect(JSON.stringify(attributesOf(batch)).length).toBeLessThan(20_000);
    expect(sizes(clusters.slice(0, 100))).toEqual([100]);
  });
});

describe('the attributes that subscribers filter by', () => {
  it('of one announcement', () => {
    expect(attributesOf([suspect()])).toEqual({
      kind: { DataType: 'String', StringValue: 'transition' },
      severity: { DataType: 'String', StringValue: 'high' },
      ruleId: { DataType: 'String', StringValue: 'orphaned-branch-eni' },
      transition: { DataType: 'String', StringValue: 'opened' },
      account: { DataType: 'String', StringValue: '111122223333' },
      region: { DataType: 'String', StringValue: 'eu-west-1' },
      cluster: { DataType: 'String', StringValue: 'payments' },
    });
  });

  it('of a digest have every value that one of its announcements has', () => {
    const attributes = attributesOf([...of('low', 1), unread(), gone(1), warned()]);
    const values = Object.fromEntries(Object.entries(attributes).map(([name, { StringValue }]) => [name, StringValue]));
    expect(values).toEqual({
      kind: '["digest","transition","warning"]',
      severity: '["low","high"]',
      ruleId: '["orphaned-branch-eni","coverage-gap"]',
      transition: '["opened","resolved"]',
      account: '111122223333',
      region: 'eu-west-1',
      cluster: '["payments","-"]',
    });
    expect(attributes.severity?.DataType).toBe('String.Array');
  });

  it.each([
    ['no cluster', null, '-'],
    ['two clusters', 'blue+green', '["blue","green"]'],
    ['a name of control characters', '\u0000\u202e', undefined],
    ['a long name', 'ü'.repeat(255), `${'ü'.repeat(126)}…`],
  ])('name %s', (_, cluster, value) => {
    expect(attributesOf([told('opened', { ...leftover(1), cluster })]).cluster?.StringValue).toBe(value);
  });

  it('of a plan tell what happened to it, and to whose cluster', () => {
    const attributes = attributesOf([toldPlan('proposed', proposed({ cluster: 'blue+green' }))]);
    expect(Object.fromEntries(Object.entries(attributes).map(([name, { StringValue }]) => [name, StringValue]))).toEqual({
      kind: 'plan',
      severity: 'high',
      transition: 'proposed',
      account: '111122223333',
      region: 'eu-west-1',
      cluster: '["blue","green"]',
    });
  });

  it.each([
    ['proposed', proposed(), 'high'],
    ['proposed', proposed({ status: 'approved' }), 'low'],
    ['approved', proposed({ status: 'approved' }), 'low'],
    ['rejected', proposed({ status: 'rejected' }), 'low'],
    ['expired', proposed({ status: 'expired' }), 'low'],
    ['superseded', proposed({ status: 'superseded' }), 'low'],
    ['finished', proposed({ status: 'done', result: result() }), 'low'],
    ['finished', proposed({ status: 'done', result: result({ outcomes: [planOutcome(1, { status: 'refused' })] }) }), 'low'],
    ['finished', proposed({ status: 'done', result: result({ outcomes: [planOutcome(1, { status: 'failed' })] }) }), 'high'],
    ['finished', proposed({ status: 'done', result: result({ outcomes: [planOutcome(1, { status: 'left' })] }) }), 'high'],
    ['finished', proposed({ status: 'done', result: stopped() }), 'high'],
    ['finished', proposed(), 'high'],
  ] as const)('call a plan that was %s, %#, %s', (event, plan, severity) => {
    expect(attributesOf([toldPlan(event, plan)]).severity?.StringValue).toBe(severity);
  });

  it.each([
    ['clean', 'low'],
    ['superseded', 'low'],
    ['leftovers', 'high'],
  ] as const)('call a %s certificate %s', (outcome, severity) => {
    expect(attributesOf([certified({ outcome })]).severity?.StringValue).toBe(severity);
  });
});
