import { dayOf, minuteOf } from '../content/time.ts';
import { names, shortList } from '../content/words.ts';
import type { Announcement } from '../model/announcement.ts';
import type { TransitionKind } from '../model/finding.ts';
import { blockedBy, holdersOf, proofOf } from './evidence.ts';
import { isOver, labelsOf } from './labels.ts';
import type { Story } from './story.ts';
import { afterFirstClause, firstClause } from './text.ts';

type Told = Extract<Announcement, { kind: 'transition' }>;

// Those that are not here carry the finding's severity.
const TAGS: Partial<Record<TransitionKind, string>> = {
  resolved: 'RESOLVED',
  suppressed: 'SUPPRESSED',
  approved: 'APPROVED',
  cleaned: 'CLEANED UP',
  'cleanup-failed': 'CLEANUP FAILED',
};
// What they say is in the finding itself.
const WORDLESS: ReadonlySet<TransitionKind> = new Set(['opened', 'changed']);
const MOST_IDS = 8;
const WAIT = 'Nothing yet, and do not delete it. The scheduled runs look again and tell you what it turns out to be.';

/** `changed` begins with what changed, and goes on with what the finding says now. */
const sentenceOf = ({ transition }: Told): string =>
  (transition.kind === 'changed' && afterFirstClause(transition.says)) || transition.says;

/** What a finding's transition says in one clause, its subject always named. */
export function findingHeadline(told: Told): string {
  const clause = firstClause(sentenceOf(told)) || told.transition.kind;
  const { id } = told.finding.subject;
  return clause.includes(id) ? clause : `${id}: ${clause}`;
}

export const findingTag = ({ transition, finding }: Told): string => TAGS[transition.kind] ?? finding.severity.toUpperCase();

const place = ({ finding, target }: Told): string =>
  `${finding.cluster ? `cluster ${finding.cluster}, ` : ''}account ${target.accountId}, ${target.region}`;

/** What became of a finding: what happened, where, why that is certain, what it blocks, what to do. */
export function findingStory(told: Told): Story {
  const { transition, finding, target } = told;
  const headline = findingHeadline(told);
  const where = [...(finding.cluster && !names(headline, finding.cluster) ? [finding.cluster] : []), target.region].join(', ');
  const over = isOver(labelsOf(told));
  return {
    tag: findingTag(told),
    about: finding.subject.id,
    headline,
    where,
    lines: over ? overLines(told) : openLines(told),
    steps: over ? [{ summary: nothingToDo(told), commands: [] }] : stepsOf(told),
    footer: [
      `Severity ${finding.severity}; seen ${finding.sightings}x since ${minuteOf(finding.firstSeen)}; ${transition.kind} ${minuteOf(transition.at)}`,
      `Finding ${finding.id}`,
    ],
  };
}

const nothingToDo = ({ transition, finding: { accepted } }: Told): string =>
  transition.kind === 'suppressed' && accepted
    ? `Nothing. It alerts again after ${dayOf(accepted.until)}, or when it gets worse; audits and the daily digest go on to show it.`
    : 'Nothing; this is over.';

function overLines(told: Told): Story['lines'] {
  const why = afterFirstClause(told.transition.says);
  return [
    ...(why ? ([[told.transition.kind === 'suppressed' ? 'Why' : 'How we know', why]] as const) : []),
    ...causeLine(told),
    ['Where', place(told)],
    ['It was reported as', firstClause(told.finding.summary)],
  ];
}

function openLines(told: Told): Story['lines'] {
  const { transition, finding } = told;
  const { known, missing } = proofOf(finding.evidence);
  const details = afterFirstClause(finding.summary);
  const more = afterFirstClause(transition.says);
  const blocked = blockedBy(finding.evidence);
  const holders = holdersOf(finding.evidence);
  const certain = missing.length === 0;
  return [
    ...(transition.kind === 'changed' ? ([['What changed', firstClause(transition.says)]] as const) : []),
    ...(WORDLESS.has(transition.kind) || !more ? [] : ([['What happened', more]] as const)),
    // With a proof the details are among its points.
    ...(details && known.length + missing.length === 0 ? ([['Details', details]] as const) : []),
    ...causeLine(told),
    ['Where', place(told)],
    ...(known.length > 0 ? ([[certain ? 'Why it is certain' : 'Known so far', known.join('; ')]] as const) : []),
    ...(certain ? [] : ([['Still missing', missing.join('; ')]] as const)),
    ...(holders.length > 0 ? ([['Held by', shortList(holders, MOST_IDS)]] as const) : []),
    ...(blocked.length > 0 ? ([['What it blocks', `EC2 refuses to delete ${shortList(blocked, MOST_IDS)} while it exists`]] as const) : []),
  ];
}

const causeLine = ({ transition }: Told): Story['lines'] =>
  transition.cause === undefined ? [] : [['What explains it', transition.cause]];

/** A suspect's remedy is not for people: the next scheduled runs decide, and a person in a hurry must not delete it. */
function stepsOf({ finding: { state, remedy } }: Told): Story['steps'] {
  if (state === 'suspect') return [{ summary: WAIT, commands: [] }];
  return remedy.summary === '' && remedy.commands.length === 0 ? [] : [remedy];
}
