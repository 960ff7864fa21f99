import { CHANGE_NEWS } from '../changes/content.ts';
import type { Announce, Answers, Labels } from '../content/announce.ts';
import type { Announcement } from '../content/announcement.ts';
import type { Dossier } from '../content/document.ts';
import { DAILY_NEWS } from '../digests/content.ts';
import type { FindingState, Target } from '../domain/finding.ts';
import { FINDING_NEWS } from '../findings/content.ts';
import { findingDossier } from '../findings/dossier.ts';
import type { LedgerRecord } from '../ledger/store.ts';
import { PLAN_NEWS } from '../plans/content.ts';
import { planDossier } from '../plans/dossier.ts';
import { CERTIFICATE_NEWS, WARNING_NEWS } from '../teardowns/content.ts';

/** Every kind of thing that is announced. */
export const ANNOUNCED: readonly Announce[] = [FINDING_NEWS, CERTIFICATE_NEWS, WARNING_NEWS, PLAN_NEWS, CHANGE_NEWS, DAILY_NEWS];

const BY_KIND = new Map(ANNOUNCED.map((each) => [each.kind, each]));

/** What the noun of an announcement says of it. */
export function announceOf({ kind }: Announcement): Announce {
  const announce = BY_KIND.get(kind);
  if (!announce) throw new Error(`no kind of announcement is called ${kind}`);
  return announce;
}

export const labelsOf = (announcement: Announcement): Labels => announceOf(announcement).labels(announcement);

/** What a message is about, whatever happens to it later. */
export const aboutOf = (announcement: Announcement): string => announceOf(announcement).about(announcement);

/** What can be answered to an announcement, as the ledger is now. */
export const answersTo = (announcement: Announcement, state: FindingState | undefined): Answers | undefined =>
  announceOf(announcement).answers?.(announcement, state);

/** What an announcement says, in one line of a list. */
export function brief(announcement: Announcement): string {
  const { tag, headline } = announceOf(announcement).content(announcement);
  return `${tag} ${headline}`;
}

/** All that the ledger keeps of what a record is about; undefined: of that kind no one can ask. */
export function dossierOf({ body }: LedgerRecord, target: Target): Dossier | undefined {
  if (body.kind === 'plan') return planDossier(body.state.plan, target);
  return body.kind === 'finding' ? findingDossier(body.state, target) : undefined;
}
