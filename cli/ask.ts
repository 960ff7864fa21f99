import { createInterface } from 'node:readline';
import { print } from './output.ts';
import type { Terminal, World } from './ports.ts';

/** Whether there is somebody to ask: what is typed can be read, and the question can be seen. */
export const canAsk = ({ stdin, stderr }: Pick<Terminal, 'stdin' | 'stderr'>): boolean => Boolean(stdin.isTTY && stderr.isTTY);

/** Asks once on stderr. Only `yes` is yes: an empty line, the end of the input or Ctrl-C are not. */
export async function confirm(question: string, { stdin, stderr }: Terminal, world: Pick<World, 'onInterrupt'>): Promise<boolean> {
  await print(stderr, `\n${question} Type yes: `);
  const lines = createInterface({ input: stdin, terminal: false });
  let [stop, isInterrupted] = [() => {}, false];
  const answer = await new Promise<string | undefined>((given) => {
    lines.once('line', given);
    lines.once('close', () => given(undefined));
    stop = world.onInterrupt(() => {
      isInterrupted = true;
      given(undefined);
    });
  });
  lines.close();
  // See wait.ts: a Ctrl-C may come twice.
  if (!isInterrupted) stop();
  if (answer === undefined) await print(stderr, '\n');
  return answer?.trim() === 'yes';
}
