// What one message says of many announcements: how many of what, the first of them, and where to see them all.
import { createHash } from 'node:crypto';
import { type Labels, NOTHING_TO_DO } from '../content/announce.ts';
import type { Announcement } from '../content/announcement.ts';
import { fact, firstOf, items, section } from '../content/blocks.ts';
import { auditCommand } from '../content/command-line.ts';
import type { Message } from '../content/document.ts';
import { count, shortList, thousands } from '../content/words.ts';
import type { Remedy } from '../domain/verdict.ts';
import { ANNOUNCED, announceOf, brief, labelsOf } from './announced.ts';
import type { Batch } from './batches.ts';
import { toJson } from './json.ts';
import { sharedBy, valuesOf, worstOf } from './labels.ts';

const MOST_GROUPS = 20;
const MOST_FIRST = 5;
const MOST_NAMES = 5;

/** Announcements that differ in their subject only: the labels of the first, and all of them. */
export interface Group {
  labels: Labels;
  all: Batch;
}

/** The announcements of a batch by rule, cluster and transition, in the order of their first appearance. */
export function groupsOf(batch: Batch): Group[] {
  const keyOf = (announcement: Announcement) => JSON.stringify({ ...labelsOf(announcement), subject: '' });
  return [...Map.groupBy(batch, keyOf).values()].flatMap((all) => (all[0] ? [{ labels: labelsOf(all[0]), all }] : []));
}

/** A few announcements that show what a batch is about: one of each group, before a second of any. */
export const examplesOf = (groups: readonly Group[], most: number): Announcement[] =>
  Array.from({ length: most }, (_, round) => groups.flatMap(({ all }) => all[round] ?? []))
    .flat()
    .slice(0, most);

/** A batch's id: the same announcements make the same one. */
export function batchId(batch: Batch): string {
  const hash = createHash('sha256').update(toJson(batch.map(({ id }) => id)));
  return `digest/${hash.digest('hex').slice(0, 32)}`;
}

/** What a message says: of its only announcement, or of all of them. */
export function messageOf(batch: Batch): Message {
  const [only, ...more] = batch;
  return only && more.length === 0 ? announceOf(only).content(only) : batchContent(batch);
}

const happened = ({ kind, transition, ruleId, state }: Labels, isShort = false): string => {
  const what = ruleId === undefined && kind === 'plan' ? ['plan'] : isShort ? [state ?? ruleId] : [ruleId, state];
  const known = what.filter((word) => word !== undefined);
  return `${transition ?? kind}${known.length > 0 ? ` (${known.join(' ')})` : ''}`;
};

function batchContent(batch: Batch): Message {
  const labels = batch.map(labelsOf);
  const groups = groupsOf(batch);
  const [clusters, regions] = [valuesOf(labels, 'cluster'), valuesOf(labels, 'region')];
  const kinds = Map.groupBy(labels, (each) => happened(each, true));
  const summary = [...kinds].map(([kind, those]) => `${thousands(those.length)} ${kind}`).join(', ');
  const open = labels.filter((each) => !each.isOver);
  const lines = groups.map(({ labels, all }) => groupLine(labels, all.length, regions.length > 1));
  const what = ` ${groups.length - MOST_GROUPS === 1 ? 'kind' : 'kinds'} of change`;
  return {
    tag: open.length > 0 ? worstOf(open).toUpperCase() : 'RESOLVED',
    about: '',
    headline: `${count(batch.length, 'change')}: ${summary}`,
    where: [clusters.length > 1 ? count(clusters.length, 'cluster') : (clusters[0] ?? ''), shortList(regions, 1)]
      .filter(Boolean)
      .join(', '),
    blocks: [
      ...fact('where', 'Where', `account ${shortList(valuesOf(labels, 'account'), 1)}, ${shortList(regions, MOST_NAMES)}`),
      ...fact('clusters', 'Clusters', shortList(clusters, MOST_NAMES), 'evidence'),
      ...section('groups', 'What changed', items('group-list', firstOf(lines, MOST_GROUPS, { what }))),
      ...section('examples', 'For example', items('example-list', examplesOf(groups, MOST_FIRST).map(brief)), 'evidence'),
    ],
    steps: open.length > 0 ? [...stepsOf(batch), ...auditSteps(open, sharedBy(labels, 'cluster') ?? null)] : [NOTHING_TO_DO],
    footer: [`This message stands for all ${thousands(batch.length)}; its machine-readable form, on the findings topic, lists them.`],
  };
}

/** What the nouns say to do about many of theirs. */
const stepsOf = (batch: Batch): Remedy[] =>
  ANNOUNCED.flatMap(({ kind, batchSteps }) => batchSteps?.(batch.filter((each) => each.kind === kind)) ?? []);

const auditSteps = (open: readonly Labels[], cluster: string | null): Remedy[] =>
  valuesOf(open, 'region').map((region) => ({
    summary: `See all that is open in ${region}, with proofs and commands:`,
    commands: auditCommand(region, cluster),
  }));

function groupLine(labels: Labels, size: number, manyRegions: boolean): string {
  const { cluster, region, severity } = labels;
  const where = `${cluster === null ? 'no cluster' : `cluster ${cluster}`}${manyRegions ? ` in ${region}` : ''}`;
  return `${thousands(size)} ${happened(labels)}, ${where}, ${severity}`;
}
