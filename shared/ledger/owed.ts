// Which publisher is still owed what. It lies with the finding or teardown that it tells of, written in the same step, so that no
// crash loses it; a crash between publishing and settling sends it again, with the same id.

import { CHANGE_NOTICE } from '../changes/record.ts';
import type { Announcement, Delivery } from '../model/announcement.ts';
import type { DailyNotice } from '../model/daily.ts';
import type { PendingTransition, Target } from '../model/finding.ts';
import type { PendingPlanNotice } from '../model/plan.ts';
import type { PendingNotice } from '../model/teardown.ts';
import type { LedgerBody, LedgerChange, LedgerRecord, LedgerStore } from './store.ts';
import { retrying } from './update.ts';

const transitionId = ({ findingId, kind, at }: PendingTransition): string => `${findingId}#${kind}#${at}`;
const timeOf = (notice: PendingNotice): string => (notice.kind === 'warning' ? notice.warning.at : notice.certificate.at);
const noticeId = (key: string, notice: PendingNotice): string => `${key}#${notice.kind}#${timeOf(notice)}`;
const planNoticeId = ({ plan, event, at }: PendingPlanNotice): string => `plan/${plan}#${event}#${at}`;

const dailyId = ({ digest }: DailyNotice): string => `daily/${digest.at}`;

/** The records of which something is still to be sent. */
export const pendingIn = (records: readonly LedgerRecord[]): LedgerRecord[] =>
  records.filter(({ body: { state } }) => 'pending' in state && state.pending.length > 0);

/** What each publisher is still owed, oldest first, by the publisher's name. */
export function owedAnnouncements(records: readonly LedgerRecord[], target: Target): Map<string, Announcement[]> {
  const all = records.flatMap((record) => owedIn(record, target)).sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const publishers = new Set(all.flatMap(({ owedTo }) => owedTo));
  return new Map([...publishers].map((name) => [name, all.flatMap((owed) => (owed.owedTo.includes(name) ? [owed.announcement] : []))]));
}

interface Owed {
  at: string;
  owedTo: readonly string[];
  announcement: Announcement;
}

function owedIn({ key, body }: LedgerRecord, target: Target): Owed[] {
  if (body.kind === 'plan') {
    const { plan, pending } = body.state;
    return pending.map((owed) => {
      const { owedTo, ...notice } = owed;
      return { at: owed.at, owedTo, announcement: { kind: 'plan', id: planNoticeId(owed), target, notice, plan } };
    });
  }
  if (body.kind === 'change-notice') {
    const { notice, pending } = body.state;
    return pending.map(({ owedTo }) => ({
      at: notice.at,
      owedTo,
      announcement: { kind: 'change', id: CHANGE_NOTICE.key(notice.id), target, notice },
    }));
  }
  if (body.kind === 'daily') {
    return body.state.pending.map((owed) => {
      const { owedTo, digest } = owed;
      return { at: digest.at, owedTo, announcement: { kind: 'daily', id: dailyId(owed), target, digest } };
    });
  }
  if (body.kind === 'teardown') {
    return body.state.pending.map((notice) => {
      const { owedTo, ...said } = notice;
      return { at: timeOf(notice), owedTo, announcement: { id: noticeId(key, notice), target, ...said } };
    });
  }
  if (body.kind !== 'finding') return [];
  const { finding, pending } = body.state;
  return pending.map((owed) => {
    const { owedTo, ...transition } = owed;
    return { at: owed.at, owedTo, announcement: { kind: 'transition', id: transitionId(owed), target, transition, finding } };
  });
}

/**
 * Notes what one publisher delivered, and changes nothing else: what others wrote meanwhile stays. Gives the delivered ids that could
 * not be noted because others wrote their records again and again; they stay owed and go out once more.
 */
export async function settle(
  store: LedgerStore,
  target: Target,
  publisher: string,
  deliveries: readonly Delivery[],
): Promise<readonly string[]> {
  const delivered = new Set(deliveries.flatMap((delivery) => (delivery.delivered ? [delivery.id] : [])));
  if (delivered.size === 0) return [];
  const { lost } = await retrying(async (before) => {
    // A record that is gone owes nothing any more.
    const records = before.length > 0 ? before.flatMap(({ winner }) => winner ?? []) : await store.load(target);
    const changes = records.flatMap((record) => settling(record, publisher, delivered));
    return { outcomes: await store.write(target, changes), value: undefined };
  });
  const owed = owedAnnouncements(
    lost.flatMap(({ winner }) => winner ?? []),
    target,
  );
  return (owed.get(publisher) ?? []).flatMap(({ id }) => (delivered.has(id) ? [id] : []));
}

/** The write that notes the deliveries in one record; none when they are not of this record, or noted already. */
function settling({ key, version, body }: LedgerRecord, publisher: string, delivered: ReadonlySet<string>): LedgerChange[] {
  const settled = settledBody(key, body, (pending, idOf) => without(pending, idOf, publisher, delivered));
  return settled ? [{ key, ifVersion: version, body: settled }] : [];
}

type Left = <P extends { owedTo: readonly string[] }>(pending: readonly P[], idOf: (owed: P) => string) => P[] | undefined;

/** The body with what `left` leaves pending; undefined when that is all of it, or it owes nothing. */
function settledBody(key: string, body: LedgerBody, left: Left): LedgerBody | undefined {
  switch (body.kind) {
    case 'finding':
      return owingOnly(body, left(body.state.pending, transitionId));
    case 'teardown':
      return owingOnly(
        body,
        left(body.state.pending, (notice: PendingNotice) => noticeId(key, notice)),
      );
    case 'plan':
      return owingOnly(body, left(body.state.pending, planNoticeId));
    case 'change-notice':
      return owingOnly(
        body,
        left(body.state.pending, () => key),
      );
    case 'daily':
      return owingOnly(body, left(body.state.pending, dailyId));
    default:
      return undefined;
  }
}

const owingOnly = <B extends { state: { pending: readonly unknown[] } }>(body: B, pending: B['state']['pending'] | undefined) =>
  pending && { ...body, state: { ...body.state, pending } };

/** What is pending after the deliveries; undefined when they change nothing. What is owed to nobody any more leaves the list. */
function without<P extends { owedTo: readonly string[] }>(
  pending: readonly P[],
  idOf: (owed: P) => string,
  publisher: string,
  delivered: ReadonlySet<string>,
): P[] | undefined {
  const settled = new Set<string>();
  const left = pending.flatMap((owed) => {
    const id = idOf(owed);
    // Two runs may tell the same of a finding in the same millisecond. One delivery settles the older: better told twice than never.
    if (!delivered.has(id) || settled.has(id) || !owed.owedTo.includes(publisher)) return [owed];
    settled.add(id);
    const owedTo = owed.owedTo.filter((name) => name !== publisher);
    return owedTo.length > 0 ? [{ ...owed, owedTo }] : [];
  });
  return settled.size > 0 ? left : undefined;
}
