import { styleText } from 'node:util';
import type { Env, Stream } from '../ports.ts';

export type Tone = 'title' | 'good' | 'bad' | 'warn' | 'quiet';

const FORMATS = { title: ['bold'], good: ['green'], bad: ['bold', 'red'], warn: ['yellow'], quiet: ['dim'] } as const;

/** A text in its tone. The words must say the same without it. */
export const paint = (tone: Tone | undefined, text: string, colour: boolean): string =>
  tone && colour && text !== '' ? styleText([...FORMATS[tone]], text, { validateStream: false }) : text;

/** Whether a stream gets colours: https://no-color.org and https://force-color.org, else only a terminal does. */
export function colourOf(stream: Pick<Stream, 'isTTY'>, env: Env): boolean {
  const force = env.FORCE_COLOR;
  if (force) return force !== '0' && force !== 'false';
  return Boolean(stream.isTTY) && !env.NO_COLOR && env.TERM !== 'dumb';
}

/** How wide the lines may be. */
export const columnsOf = (stream: Pick<Stream, 'columns'>): number => stream.columns || 100;
