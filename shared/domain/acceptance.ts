import * as v from 'valibot';
import { type Of, TEXT, TIME } from './values.ts';
import { SEVERITIES } from './verdict.ts';

/** Who answers for a finding, why, and until when. */
export const ACCEPTED = v.object({
  /** The ARN of the caller who said so. */
  by: TEXT,
  reason: TEXT,
  /** Who is asked about it. */
  owner: TEXT,
  until: TIME,
  /** When it was said: with it, people are told once of each acceptance. */
  at: TIME,
});
export type Accepted = Of<typeof ACCEPTED>;

/** Somebody answers for a finding as it is now: it is shown as accepted, and alerts no more until that ends or the finding gets worse. */
export const ACCEPTANCE = v.object({
  ...ACCEPTED.entries,
  findingId: TEXT,
  severity: v.picklist(SEVERITIES),
  /** What the finding meant when it was accepted: anything else of at least its severity is worse. */
  meaning: v.string(),
});
export type Acceptance = Of<typeof ACCEPTANCE>;

/** Only what is shown of it. */
export const acceptedBy = ({ by, reason, owner, until, at }: Acceptance): Accepted => ({ by, reason, owner, until, at });

/** The last day that it holds, as it was asked for. */
export const lastDay = ({ until }: Pick<Accepted, 'until'>): string => until.slice(0, 10);

/** `accepted until 2026-12-31 for payments-team: it is meant to be`. */
export const describeAccepted = (accepted: Accepted): string =>
  `accepted until ${lastDay(accepted)} for ${accepted.owner}: ${accepted.reason}`;
