import type { Published, Sandbox } from '../index.ts';
import { tell } from './narrate.ts';

const MOST_SUBJECTS = 4;

export interface Inbox {
  /** Shows what has arrived by e-mail since the last look: the subjects, and one message of one kind in full. Gives how many. */
  open(kind: 'warning' | 'transition' | 'certificate' | 'change' | 'plan'): number;
  /** The outcomes of all certificates that ever arrived. */
  certificates(): string[];
  /** The ids of all plans that were ever proposed. */
  plans(): string[];
  /** The command that the newest notice of a change prints as the way back. */
  wayBack(): string;
}

interface Machine {
  kind: string;
  certificate?: { outcome: string };
  changes?: readonly { undo: { commands: readonly string[] } }[];
  transition?: string;
  planId?: string;
}

const machineOf = ({ texts, message }: Published): Machine => JSON.parse(texts.default ?? message) as Machine;

/** The e-mail subscriber of the findings topic. */
export function createInbox(sandbox: Sandbox): Inbox {
  let read = 0;
  return {
    open: (kind) => {
      const arrived = sandbox.published.slice(read);
      read = sandbox.published.length;
      if (arrived.length === 0) tell('Inbox: nothing new.');
      // Of a plan the newest says most: what came of it, rather than that it was approved.
      const isAsked = (message: Published) => machineOf(message).kind === kind;
      const shown = kind === 'plan' ? arrived.findLast(isAsked) : arrived.find(isAsked);
      const others = arrived.filter((message) => message !== shown);
      for (const { subject } of others.slice(0, MOST_SUBJECTS)) process.stdout.write(`  ✉ ${subject}\n`);
      if (others.length > MOST_SUBJECTS) process.stdout.write(`  ✉ … and ${others.length - MOST_SUBJECTS} more\n`);
      if (shown) process.stdout.write(`\n  ✉ ${shown.subject}\n${quoted(shown.texts.email ?? '')}\n`);
      return arrived.length;
    },
    wayBack: () => {
      const notice = sandbox.published.map(machineOf).findLast(({ kind }) => kind === 'change');
      return notice?.changes?.[0]?.undo.commands[0] ?? '';
    },
    plans: () =>
      sandbox.published.flatMap((message) => {
        const { kind, transition, planId } = machineOf(message);
        return kind === 'plan' && transition === 'proposed' && planId !== undefined ? [planId] : [];
      }),
    certificates: () => sandbox.published.flatMap((message) => machineOf(message).certificate?.outcome ?? []),
  };
}

const quoted = (text: string): string =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => `    │ ${line}`)
    .join('\n');
