import { describe, expect, it } from '@jest/globals';
import { beginTeardown, climb, isDue, LAST_RUNG } from '../../shared/teardowns/ladder.ts';

const OPENED = '2026-11-21T12:00:00.000Z';
const cluster = {
  name: 'shop',
  arn: undefined,
  createdAt: undefined,
  vpcId: undefined,
  subnetIds: [],
  clusterSecurityGroupId: undefined,
  roleArn: undefined,
};
const begun = beginTeardown(cluster, 'event', OPENED, []);
const at = (minutes: number) => new Date(Date.parse(OPENED) + minutes * 60_000);

describe('the ladder', () => {
  it.each([
    [0, false],
    [14, false],
    [15, true],
    [600, true],
  ])('%d minutes after the deletion the first look is due: %s', (minutes, due) => {
    expect(isDue(begun, at(minutes))).toBe(due);
  });

  it('looks after 15, 45 and 90 minutes, 4 and 24 hours, and then once a day', () => {
    const looks: number[] = [];
    let teardown = begun;
    for (let look = 0; look < 8; look += 1) {
      const due = Date.parse(teardown.notBefore);
      looks.push((due - Date.parse(OPENED)) / 60_000);
      teardown = climb(teardown, new Date(due));
    }
    expect(looks).toEqual([15, 45, 90, 240, 1440, 2880, 4320, 5760]);
  });

  it('skips the steps that a late run has missed', () => {
    const late = climb(begun, at(100));
    expect([late.rung, late.notBefore]).toEqual([3, at(240).toISOString()]);
    expect(climb(begun, at(3000)).rung).toBe(LAST_RUNG);
  });

  it('a closed follow-up is never due', () => {
    expect(isDue({ ...begun, status: 'closed' }, at(600))).toBe(false);
  });
});
