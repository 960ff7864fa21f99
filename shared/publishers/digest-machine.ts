// The machine-readable form of a digest: its shape is a contract like that of a single message.
import { createHash } from 'node:crypto';
import { cut } from '../content/text.ts';
import type { Announcement } from '../model/announcement.ts';
import { briefly } from './digest-story.ts';
import { examplesOf, type Group, groupsOf } from './groups.ts';
import { type Fits, mostThatFit, SCHEMA_VERSION, toJson } from './json.ts';
import { type Labels, labelsOf, sharedBy, worstOf } from './labels.ts';

const MOST_GROUPS = 300;
const MOST_FIRST = 10;
const NAME_BYTES = 256;

/** A digest's id: the same announcements make the same one. */
export const digestId = (announcements: readonly Announcement[]): string =>
  `digest/${createHash('sha256')
    .update(toJson(announcements.map(({ id }) => id)))
    .digest('hex')
    .slice(0, 32)}`;

const short = (text: string): string => cut(text.toWellFormed(), NAME_BYTES);

/** Many announcements for programs: how many of what, the first of them, and the subjects of all that fit. */
export function digestJson(announcements: readonly Announcement[], fits: Fits): string {
  const labels = announcements.map(labelsOf);
  const groups = groupsOf(announcements);
  const examples = examplesOf(groups, MOST_FIRST);
  const shared = (name: keyof Labels) => {
    const value = sharedBy(labels, name);
    return value === undefined ? null : short(value);
  };
  const json = (groupCount: number, subjectCount: number, firstCount: number): string => {
    let room = subjectCount;
    const listed = groups.slice(0, groupCount).map((group) => {
      const subjects = group.all.slice(0, room).map((each) => short(labelsOf(each).subject));
      room -= subjects.length;
      return groupJson(group, subjects);
    });
    return toJson({
      schemaVersion: SCHEMA_VERSION,
      kind: 'digest',
      id: digestId(announcements),
      severity: worstOf(labels),
      account: shared('account'),
      region: shared('region'),
      cluster: shared('cluster'),
      count: announcements.length,
      summary: `${announcements.length} changes in one message`,
      groups: listed,
      unlisted: { groups: groups.length - listed.length, subjects: announcements.length - (subjectCount - room) },
      first: examples.slice(0, firstCount).map((each) => ({ id: short(each.id), says: short(briefly(each)) })),
    });
  };
  // Counts matter more than what is first, and that more than ids.
  const groupCount = mostThatFit(Math.min(groups.length, MOST_GROUPS), (n) => fits(json(n, 0, 0)));
  const firstCount = mostThatFit(examples.length, (n) => fits(json(groupCount, 0, n)));
  return json(
    groupCount,
    mostThatFit(announcements.length, (n) => fits(json(groupCount, n, firstCount))),
    firstCount,
  );
}

/** A finding's id is `<ruleId>/<account>/<region>/<cluster or ->/<subject>`: a group has all of it but the subjects once. */
function groupJson({ labels, all }: Group, subjects: readonly string[]) {
  const { kind, ruleId, transition, state, severity, account, region, cluster } = labels;
  const named = { ruleId, transition, state, account, region, cluster };
  const texts = Object.fromEntries(Object.entries(named).map(([name, text]) => [name, typeof text === 'string' ? short(text) : null]));
  return { kind, severity, ...texts, count: all.length, subjects };
}
