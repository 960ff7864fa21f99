import { describe, expect, it } from '@jest/globals';
import { canAsk, confirm } from '../../cli/ask.ts';
import { fakeTerminal, fakeWorld } from '../support/terminal.ts';

const tty = { isTTY: true };

describe('asking once', () => {
  it.each([
    ['yes\n', true],
    ['  yes  \r\n', true],
    ['yes', true],
    ['y\n', false],
    ['YES\n', false],
    ['yes please\n', false],
    ['\nyes\n', false],
    ['no\nyes\n', false],
    ['', false],
  ])('takes %j for %s', async (typed, isYes) => {
    const terminal = fakeTerminal({}, tty, typed);
    expect(await confirm('Delete it?', terminal, fakeWorld())).toBe(isYes);
    expect(terminal.stderr.text()).toBe(`\nDelete it? Type yes: ${typed === '' ? '\n' : ''}`);
    expect(terminal.stdout.text()).toBe('');
  });

  it('takes Ctrl-C for no, and goes on hearing it: npm hands it on a second time', async () => {
    const world = fakeWorld();
    const answer = confirm('Delete it?', fakeTerminal({}, tty), world);
    await new Promise(setImmediate);
    world.interrupt();
    expect(await answer).toBe(false);
    expect(world.listeners.size).toBe(1);
  });

  it('leaves Ctrl-C alone once it was answered', async () => {
    const world = fakeWorld();
    await confirm('Delete it?', fakeTerminal({}, tty, 'yes\n'), world);
    expect(world.listeners.size).toBe(0);
  });

  it('needs somebody who can type and somebody who can see', () => {
    const [watched, piped] = [fakeTerminal({}, tty), fakeTerminal()];
    expect(canAsk(watched)).toBe(true);
    expect(canAsk({ ...watched, stdin: piped.stdin })).toBe(false);
    expect(canAsk({ ...watched, stderr: piped.stderr })).toBe(false);
  });
});
