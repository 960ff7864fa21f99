// The machine-readable form of a batch: its shape is a contract like that of a single message.
import { cut } from '../content/text.ts';
import { brief, labelsOf } from './announced.ts';
import { batchId, examplesOf, type Group, groupsOf } from './batch-content.ts';
import type { Batch } from './batches.ts';
import { type Fits, mostThatFit, SCHEMA_VERSION, toJson } from './json.ts';
import { type Named, sharedBy, worstOf } from './labels.ts';

const MOST_GROUPS = 300;
const MOST_FIRST = 10;
const NAME_BYTES = 256;

const short = (text: string): string => cut(text.toWellFormed(), NAME_BYTES);

/** Many announcements for programs: how many of what, the first of them, and the subjects of all that fit. */
export function batchJson(announcements: Batch, fits: Fits): string {
  const labels = announcements.map(labelsOf);
  const groups = groupsOf(announcements);
  const examples = examplesOf(groups, MOST_FIRST);
  const shared = (name: Named) => {
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
      id: batchId(announcements),
      severity: worstOf(labels),
      account: shared('account'),
      region: shared('region'),
      cluster: shared('cluster'),
      count: announcements.length,
      summary: `${announcements.length} changes in one message`,
      groups: listed,
      unlisted: { groups: groups.length - listed.length, subjects: announcements.length - (subjectCount - room) },
      first: examples.slice(0, firstCount).map((each) => ({ id: short(each.id), says: short(brief(each)) })),
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
