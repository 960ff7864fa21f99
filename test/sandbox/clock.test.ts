import { describe, expect, it } from '@jest/globals';
import { createTimeline } from '../../sandbox/clock.ts';

const START = new Date('2026-11-21T12:00:00Z');

describe('the clock', () => {
  it('stands still until it is moved', () => {
    const clock = createTimeline(START, false);
    expect(clock.now()).toEqual(START);
    clock.advance(90.5);
    expect(clock.now()).toEqual(new Date('2026-11-21T13:30:30Z'));
    clock.set(START);
    expect(clock.now()).toEqual(START);
  });

  it('lets everything on the way happen in order, each at its own time', () => {
    const clock = createTimeline(START, false);
    const seen: string[] = [];
    const note = (what: string) => () => seen.push(`${what} ${clock.now().toISOString().slice(11, 16)}`);
    clock.after(30, note('later'));
    clock.after(10, () => {
      note('first')();
      clock.after(5, note('from the first'));
    });
    clock.after(10, note('second'));
    clock.after(60, note('too late'));
    clock.advance(59);
    expect(seen).toEqual(['first 12:10', 'second 12:10', 'from the first 12:15', 'later 12:30']);
    expect(clock.now()).toEqual(new Date('2026-11-21T12:59:00Z'));
    clock.set(new Date('2026-11-21T13:00:00Z'));
    expect(seen.at(-1)).toBe('too late 13:00');
  });

  it("can also move with the machine's", async () => {
    const clock = createTimeline(START, true);
    let happened = false;
    clock.after(0.001, () => {
      happened = true;
    });
    while (clock.now().getTime() - START.getTime() < 60) await new Promise((resolve) => setTimeout(resolve, 1));
    clock.settle();
    expect(happened).toBe(true);
  });
});
