// What people see in Slack, told on a terminal.
import { seen } from '../slack/index.ts';
import { expectThat, tell } from './narrate.ts';
import { PLATFORM, type TeamSlack } from './slack.ts';
import type { Stack } from './stack.ts';

const MOST_LINES = 14;

/** Shows the channel's newest message that has this in it, and what its thread says last. */
export function showMessage({ slack, find }: TeamSlack, text: string | RegExp, withThread = false): void {
  const message = find(text).at(-1);
  expectThat(`Slack shows ${text}`, message !== undefined);
  if (!message) return;
  process.stdout.write(`\n  # platform\n${quoted(seen(message).text)}\n`);
  const reply = slack.thread(PLATFORM, message.ts).at(-1);
  if (withThread && reply) process.stdout.write(`  in its thread:\n${quoted(seen(reply).text)}\n`);
}

/** Somebody presses a button of the channel's newest message that has this in it, and is answered. */
export async function press(team: TeamSlack, stack: Stack, text: string | RegExp, action: string, user: string): Promise<string> {
  const message = team.find(text).at(-1);
  const { statusCode, milliseconds } = await stack.clicked(team.slack.click({ channel: PLATFORM, ts: message?.ts ?? '', action, user }));
  expectThat('Slack is answered', statusCode === 200);
  const answer = team.slack.ephemerals.at(-1)?.text ?? '';
  tell(`Only ${user === 'U0ANNA' ? 'Anna' : 'Ben'} sees, after ${Math.round(milliseconds)} ms: ${answer}`);
  return answer;
}

const quoted = (text: string): string => {
  const lines = text.split('\n');
  const more = lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES - 4), '…', ...lines.slice(-3)] : lines;
  return more.map((line) => `    │ ${line.length > 150 ? `${line.slice(0, 149)}…` : line}`).join('\n');
};
