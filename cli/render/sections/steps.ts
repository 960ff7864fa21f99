import type { Line } from '../layout.ts';

/** One thing to do, and the commands that do it. */
export const step = (text: string, commands: readonly string[] = []): Line[] => [
  { text, indent: 2, hang: 3 },
  ...commands.map((command): Line => ({ command, indent: 4 })),
];

/** What to do now, in order. */
export function numbered(steps: readonly (readonly Line[])[]): Line[] {
  const lines = steps.flatMap(([first, ...rest], index) =>
    first && 'text' in first ? [{ ...first, text: `${index + 1}. ${first.text}` }, ...rest] : rest,
  );
  return [{ text: 'NEXT', tone: 'title' }, ...lines];
}
