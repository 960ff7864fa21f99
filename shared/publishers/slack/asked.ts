import type { Announcement } from '../../model/announcement.ts';
import type { FindingState } from '../../model/finding.ts';
import type { Asked, ClickAction } from '../../model/slack.ts';
import { planKey } from '../../plans/record.ts';
import { teardownKey } from '../../teardowns/record.ts';

/** What a message tells of, whatever is told of it: one finding, one plan in all its rounds, one deletion of a cluster. */
export function aboutOf(announcement: Announcement): string {
  switch (announcement.kind) {
    case 'transition':
      return announcement.finding.id;
    case 'plan':
      return planKey(announcement.plan.id);
    case 'certificate':
      return teardownKey(announcement.certificate.cluster);
    case 'warning':
      return teardownKey(announcement.warning.cluster);
    case 'change':
    case 'daily':
      return announcement.id;
  }
}

/** What can be answered to a message, and what the answer is about. */
export interface Answers {
  of: Asked;
  actions: readonly ClickAction[];
}

/** The buttons of an announcement's message, as the ledger is now; undefined: it asks nothing. */
export function answersTo(announcement: Announcement, state: FindingState | undefined): Answers | undefined {
  if (announcement.kind === 'plan') {
    const { id, status } = announcement.plan;
    return { of: { kind: 'plan', plan: id }, actions: status === 'waiting' ? ['approve', 'reject', 'evidence'] : ['evidence'] };
  }
  if (announcement.kind !== 'transition' || !state) return undefined;
  const { finding, status, quiet, meaning } = state;
  // What could not be read is not to be silenced; what is over, or somebody's, need not be.
  const isSnoozable = status === 'open' && !quiet && !finding.accepted && finding.ruleId !== 'coverage-gap';
  return { of: { kind: 'finding', findingId: finding.id, meaning }, actions: isSnoozable ? ['snooze', 'evidence'] : ['evidence'] };
}
