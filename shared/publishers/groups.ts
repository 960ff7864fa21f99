import type { Announcement } from '../model/announcement.ts';
import { type Labels, labelsOf } from './labels.ts';

/** Announcements that differ in their subject only: the labels of the first, and all of them. */
export interface Group {
  labels: Labels;
  all: readonly Announcement[];
}

/** The announcements of a digest by rule, cluster and transition, in the order of their first appearance. */
export const groupsOf = (announcements: readonly Announcement[]): Group[] => {
  const keyOf = (announcement: Announcement) => JSON.stringify({ ...labelsOf(announcement), subject: '' });
  return [...Map.groupBy(announcements, keyOf).values()].flatMap((all) => (all[0] ? [{ labels: labelsOf(all[0]), all }] : []));
};

/** A few announcements that show what a digest is about: one of each group, before a second of any. */
export const examplesOf = (groups: readonly Group[], most: number): Announcement[] =>
  Array.from({ length: most }, (_, round) => groups.flatMap(({ all }) => all[round] ?? []))
    .flat()
    .slice(0, most);
