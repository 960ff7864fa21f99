import { messageOf } from '../../aws/errors.ts';
import type { Target } from '../../domain/finding.ts';
import type { Logger } from '../../domain/log.ts';
import type { Question, SlackMessage } from '../../domain/slack.ts';
import type { LedgerStore } from '../../ledger/store.ts';
import type { SlackSecret } from '../../settings/slack-secret.ts';
import type { AuditMessage } from '../messages/audit-message.ts';
import type { CleanupMessage } from '../messages/cleanup-message.ts';
import type { SlackAction } from './slack-action.ts';

/** What a click needs of the world, built once per cold start. */
export interface ClickDeps {
  store: LedgerStore;
  clock: () => Date;
  /** The account and region that the function runs in: what nobody signed is counted there. */
  home: Target;
  /** The regions that the stack audits. */
  regions: readonly string[];
  secret: () => Promise<SlackSecret>;
  /** The secret as it is now: whoever rotates it waits for no cold start. */
  secretAgain: () => Promise<SlackSecret>;
  /** The ids of the users who may approve, reject and snooze. */
  approvers: readonly string[];
  askForAudit: (message: AuditMessage) => Promise<void>;
  /** There is none in report mode. */
  askForCleanup: ((message: CleanupMessage) => Promise<void>) | undefined;
  /** Tells whoever clicked, and nobody else. */
  respond: (responseUrl: string, text: string) => Promise<void>;
}

/** What came of a click. */
export interface Worked {
  accepted: boolean;
  /** What whoever clicked is told. */
  says: string;
}

/** A click on a button that is there, and what the button is about. */
export interface Asked<Kind = Question['of']> {
  click: SlackAction;
  target: Target;
  message: SlackMessage;
  of: Kind;
}

/** Whether a user may do more than look. */
export const mayDecide = ({ approvers }: Pick<ClickDeps, 'approvers'>, { userId }: SlackAction): boolean => approvers.includes(userId);

/** Why a user may not, and what would change that. */
export const notAnApprover = ({ userId, action }: SlackAction): string =>
  `${userId} may not ${action}: only the users in SLACK_APPROVERS may; the person who deploys the stack adds that id there`;

/** Waits for all, so that nothing is left half done, and then throws what went wrong first. */
export async function all(...works: readonly Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(works)).find((each) => each.status === 'rejected');
  if (failed) throw failed.reason;
}

/** Whether a queue took what follows from what is in the ledger already. Where it did not, the next sweep finds it there. */
export async function sent(asking: Promise<void>, what: string, log: Logger): Promise<boolean> {
  try {
    await asking;
    return true;
  } catch (error) {
    log.error('a queue did not take what a click asks for', { what, reason: messageOf(error) });
    log.count('RunFailures', { function: 'onSlackAction' });
    return false;
  }
}
