import { styleText } from 'node:util';

const coloured = process.stdout.isTTY === true && !process.env.NO_COLOR;
const style = (format: Parameters<typeof styleText>[0], text: string) => (coloured ? styleText(format, text) : text);

let chapters = 0;

/** A new chapter of the story. */
export function chapter(title: string): void {
  chapters += 1;
  process.stdout.write(`\n${style(['bold', 'cyan'], `── ${chapters}. ${title} ${'─'.repeat(Math.max(0, 84 - title.length))}`)}\n`);
}

/** What happens, in the storyteller's words. */
export function tell(...lines: readonly string[]): void {
  process.stdout.write(`${lines.map((line) => style('italic', line)).join('\n')}\n`);
}

/** Stops the demo when the story does not go as told: a demo that cannot fail shows nothing. */
export function expectThat(what: string, holds: boolean): void {
  if (!holds) throw new Error(`the demo went wrong: expected that ${what}`);
}
