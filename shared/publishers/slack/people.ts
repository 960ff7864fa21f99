import { dayOf, minuteOf } from '../../content/time.ts';
import type { Announcement } from '../../model/announcement.ts';
import { slackUserId } from '../../model/slack.ts';
import type { Parcel } from '../parcels.ts';
import type { People } from './rich-text.ts';

/** Those of these who are users in Slack, each once. */
export const usersAmong = (names: readonly (string | undefined)[]): People => [
  ...new Set(names.filter((name): name is string => name !== undefined && slackUserId(name) !== undefined)),
];

/** Whom in Slack the records behind a message name: whoever answered. A digest of many names nobody. */
export function peopleOf([only, ...more]: Parcel): People {
  if (!only || more.length > 0) return [];
  if (only.kind === 'plan') return usersAmong([only.plan.decision?.by]);
  return only.kind === 'transition' ? usersAmong([only.finding.accepted?.by, only.finding.accepted?.owner]) : [];
}

/** The text with the names of people in the place of their ids, where Slack shows nobody as a person. */
export const named = (text: string, people: People): string =>
  people.reduce((with_, person) => with_.replaceAll(person, person.split('/').at(-1) ?? ''), text);

/** What somebody answered to what is told, and how: labelled, for what does not tell it by itself. */
export function answerOf(told: Announcement | undefined): { by: string; line: readonly [label: string, says: string] } | undefined {
  if (told?.kind === 'plan' && told.plan.decision && told.notice.plan === told.plan.id) {
    const { verdict, by, via, at } = told.plan.decision;
    return { by, line: [verdict === 'approve' ? 'Approved by' : 'Rejected by', `${by} (${via}), ${minuteOf(at)}`] };
  }
  if (told?.kind !== 'transition' || !told.finding.accepted) return undefined;
  const { by, until, reason } = told.finding.accepted;
  return { by, line: ['Accepted by', `${by} until ${dayOf(until)}: ${reason}`] };
}
