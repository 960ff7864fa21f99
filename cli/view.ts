import type { View } from '../shared/render/terminal.ts';
import type { Env, Stream } from './ports.ts';

/** Whether a stream gets colours: https://no-color.org and https://force-color.org, else only a terminal does. */
function colourOf(stream: Pick<Stream, 'isTTY'>, env: Env): boolean {
  const force = env.FORCE_COLOR;
  if (force) return force !== '0' && force !== 'false';
  return Boolean(stream.isTTY) && !env.NO_COLOR && env.TERM !== 'dumb';
}

/** How wide the lines of a stream may be, and whether it gets colours. */
export const viewOf = (stream: Stream, env: Env): View => ({ columns: stream.columns || 100, colour: colourOf(stream, env) });
