import type { ChangeNotice } from '../changes/change.ts';
import type { DailyDigest } from '../digests/digest.ts';
import type { Finding, Target, Transition } from '../domain/finding.ts';
import type { PlanNotice, ProposedPlan } from '../plans/plan.ts';
import type { Certificate, DeletionWarning } from '../teardowns/teardown.ts';

/** One thing to tell people. Publishers never see runs, only these. */
export type Announcement =
  | { kind: 'transition'; id: string; target: Target; transition: Transition; finding: Finding }
  | { kind: 'certificate'; id: string; target: Target; certificate: Certificate }
  | { kind: 'warning'; id: string; target: Target; warning: DeletionWarning }
  | { kind: 'plan'; id: string; target: Target; notice: PlanNotice; plan: ProposedPlan }
  | { kind: 'change'; id: string; target: Target; notice: ChangeNotice }
  | { kind: 'daily'; id: string; target: Target; digest: DailyDigest };

/** What became of one announcement. One that was not delivered stays pending and goes out with the next run. */
export type Delivery = { id: string; delivered: true } | { id: string; delivered: false; reason: string };
