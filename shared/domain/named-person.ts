import { slackUserId } from './slack.ts';

/** Where somebody answers; `auto`: the mode does. */
type Via = 'cli' | 'slack' | 'auto';

const IS_NAMED: Record<Via, (by: string) => boolean> = {
  cli: (by) => by.startsWith('arn:'),
  slack: (by) => slackUserId(by) !== undefined,
  // The mode decides, not a person.
  auto: () => true,
};

/** Throws where whoever asks has no name: AWS or Slack answered, and named nobody. `nothing`: what is not done then. */
export function refuseUnnamed(by: string, via: Via, nothing: string): void {
  if (!IS_NAMED[via](by)) throw new Error(`who is asking could not be read (${by}), so ${nothing}`);
}
