// What Slack shows of announcements, of findings and of plans.

import type { FindingState, Target } from '../../../shared/domain/finding.ts';
import { findingDossier } from '../../../shared/findings/dossier.ts';
import { planDossier } from '../../../shared/plans/dossier.ts';
import type { ProposedPlan } from '../../../shared/plans/plan.ts';
import { answersTo } from '../../../shared/render/announced.ts';
import { messageOf } from '../../../shared/render/batch-content.ts';
import type { Batch } from '../../../shared/render/batches.ts';
import { detailsMessages } from '../../../shared/render/slack/details.ts';
import { evidenceMessages } from '../../../shared/render/slack/evidence.ts';
import type { Offer } from '../../../shared/render/slack/message.ts';
import { movedMessage } from '../../../shared/render/slack/moved.ts';
import { replyMessage } from '../../../shared/render/slack/reply.ts';
import { topMessage } from '../../../shared/render/slack/top.ts';

export type EvidenceOf = { finding: FindingState; target: Target } | { plan: ProposedPlan; target: Target };

export function top(batch: Batch, offer?: Offer) {
  const [only, ...more] = batch;
  const confirm = only && more.length === 0 ? answersTo(only, undefined)?.confirm : undefined;
  return topMessage(messageOf(batch), offer && { ...offer, ...(confirm ? { confirm } : {}) });
}
export const details = (batch: Batch) => detailsMessages(messageOf(batch));
export const reply = (batch: Batch) => replyMessage(messageOf(batch));
export const moved = (batch: Batch, channel: string) => movedMessage(messageOf(batch), channel);
export const evidence = (of: EvidenceOf, at: Date, by: string) =>
  evidenceMessages('plan' in of ? planDossier(of.plan, of.target) : findingDossier(of.finding, of.target), at, by);
