// What is shown to whoever asks for evidence: not a summary, but every point that the ledger keeps.
import type { Dossier } from '../../content/document.ts';
import { minuteOf } from '../../content/time.ts';
import { count } from '../../content/words.ts';
import { fallback } from './blocks.ts';
import { allLines, stepLines } from './lines.ts';
import type { SlackText } from './message.ts';
import { firstPages } from './pages.ts';
import { peopleOf } from './people.ts';
import { code, type Line, line, richText } from './rich-text.ts';

const MOST_MESSAGES = 5;

/** Everything that the ledger knows of a thing, as of now, for `by` who asked. */
export function evidenceMessages({ about, blocks, steps, people, commands }: Dossier, at: Date, by: string): SlackText[] {
  const shown = peopleOf({ people });
  const first = line('', `Evidence as of ${minuteOf(at)}, asked for by ${by}`, peopleOf({ people: [by] }));
  const lines = [first, ...allLines(blocks, shown), ...stepLines(steps, [])];
  const text = fallback(`Evidence: ${about}`);
  return firstPages(lines, MOST_MESSAGES, (left) => restLines(left, commands)).map((page) => ({ text, blocks: richText(page) }));
}

function restLines(left: number, commands: readonly string[]): Line[] {
  const says = `… and ${count(left, 'more line')} left out.`;
  return [line('', commands.length > 0 ? `${says} This shows all of it:` : says), ...commands.map(code)];
}
