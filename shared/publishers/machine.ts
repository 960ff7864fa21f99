// What programs subscribe to. Its shape is a contract: fields are added, never renamed, or the schema version changes.

import { bytesOf } from '../content/text.ts';
import type { Announcement } from '../model/announcement.ts';
import type { DailyDigest } from '../model/daily.ts';
import { dailyHeadline } from './daily-story.ts';
import { digestJson } from './digest-machine.ts';
import { CAPS, type Caps, type Fits, SCHEMA_VERSION, toJson, trim } from './json.ts';
import { labelsOf } from './labels.ts';
import { MESSAGE_BYTES } from './limits.ts';
import { changeFields } from './machine-change.ts';
import { planFields } from './machine-plan.ts';
import type { Parcel } from './parcels.ts';

// Whoever decides by program needs them all: what one cleanup may delete at most.
const ID_CAPS = { text: 64, items: 1_000 };

/** One announcement for programs; `trimmed` says whether evidence, leftovers or anything else had to be shortened. */
export const renderMachine = (announcement: Announcement, fits: Fits = (json) => bytesOf(json) <= MESSAGE_BYTES): string =>
  machineMessage([announcement], fits);

export function machineMessage(parcel: Parcel, fits: Fits): string {
  const [only, ...more] = parcel;
  if (!only || more.length > 0) return digestJson(parcel, fits);
  const [first, ...shorter] = CAPS.map((caps) => () => oneJson(only, caps));
  return shorter.reduce((json, next) => (fits(json) ? json : next()), first?.() ?? '');
}

function oneJson(announcement: Announcement, caps: Caps): string {
  let trimmed = false;
  const fields = Object.entries(fieldsOf(announcement, caps)).map(([name, value]) => {
    const kept = trim(value, name === 'interfaceIds' ? { ...caps, ...ID_CAPS } : caps);
    trimmed ||= kept.trimmed;
    return [name, kept.value] as const;
  });
  return toJson({ schemaVersion: SCHEMA_VERSION, ...Object.fromEntries(fields), trimmed: trimmed || !caps.details });
}

function fieldsOf(announcement: Announcement, { details }: Caps): Record<string, unknown> {
  const { kind, id } = announcement;
  const { severity, account, region, cluster } = labelsOf(announcement);
  const base = { kind, id, severity, account, region, cluster };
  if (kind === 'transition') {
    const { transition, finding } = announcement;
    const { ruleId, state = null, subject, summary, evidence, remedy, firstSeen, sightings } = finding;
    const change = {
      findingId: finding.id,
      ruleId,
      state,
      transition: transition.kind,
      at: transition.at,
      says: transition.says,
      cause: transition.cause ?? null,
    };
    const accepted = finding.accepted ? { accepted: finding.accepted } : {};
    return { ...base, ...change, subject, summary, evidence: details ? evidence : {}, remedy, firstSeen, sightings, ...accepted };
  }
  if (kind === 'warning')
    return { ...base, at: announcement.warning.at, summary: announcement.warning.says, warning: announcement.warning };
  if (kind === 'change') return { ...base, ...changeFields(announcement, details) };
  if (kind === 'plan') return { ...base, ...planFields(announcement, details) };
  if (kind === 'daily') return { ...base, ...dailyFields(announcement.digest) };
  const { leftovers, ...certificate } = announcement.certificate;
  const listed = { leftoverCount: leftovers.length, leftovers: details ? leftovers : [] };
  return { ...base, at: certificate.at, summary: certificate.says, certificate: { ...certificate, ...listed } };
}

const dailyFields = (digest: DailyDigest) => ({ at: digest.at, summary: dailyHeadline(digest), daily: digest });
