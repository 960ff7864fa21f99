import { slackUserId } from '../domain/slack.ts';
import type { DecidedVia } from './plan.ts';

const IS_NAMED: Record<DecidedVia, (by: string) => boolean> = {
  cli: (by) => by.startsWith('arn:'),
  slack: (by) => slackUserId(by) !== undefined,
  // The mode decides, not a person.
  auto: () => true,
};

/** Throws where whoever asks has no name: AWS or Slack answered, and named nobody. `nothing`: what is not done then. */
export function refuseUnnamed(by: string, via: DecidedVia, nothing: string): void {
  if (!IS_NAMED[via](by)) throw new Error(`who is asking could not be read (${by}), so ${nothing}`);
}
