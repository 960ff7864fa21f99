import { clean } from '../shared/content/text.ts';
import type { OnProgress, Terminal } from './ports.ts';

const ERASE_LINE = '\r\u001b[2K';
const BAR_CELLS = 20;

/** Whether a person sees a line that changes. */
export const isWatched = ({ stderr, env }: Pick<Terminal, 'stderr' | 'env'>): boolean => Boolean(stderr.isTTY) && env.TERM !== 'dumb';

/** How far it is, drawn: `[#####---------------] 3/12`. */
export function bar(done: number, total: number): string {
  const cells = total > 0 ? Math.floor((BAR_CELLS * done) / total) : 0;
  return `[${'#'.repeat(cells)}${'-'.repeat(BAR_CELLS - cells)}] ${done}/${total}`;
}

/** One line on stderr that says what is going on, and `clear` to leave no trace of it. Silent where nobody watches. */
export function progress({ stderr, env }: Pick<Terminal, 'stderr' | 'env'>): { says: OnProgress; clear: () => void } {
  if (!isWatched({ stderr, env })) return { says: () => {}, clear: () => {} };
  let isShown = false;
  return {
    says: (text) => {
      // A line as wide as the terminal would wrap, and only its last row could be erased.
      stderr.write(`${ERASE_LINE}${clean(text).slice(0, (stderr.columns || 80) - 1)}`);
      isShown = true;
    },
    clear: () => {
      if (isShown) stderr.write(ERASE_LINE);
      isShown = false;
    },
  };
}
