import type { ChangeNotice } from './change.ts';
import type { DailyDigest } from './daily.ts';
import type { Finding, Target, Transition } from './finding.ts';
import type { PlanNotice, ProposedPlan } from './plan.ts';
import type { Certificate, DeletionWarning } from './teardown.ts';

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
