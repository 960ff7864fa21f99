import { type Announce, type Answers, type Labels, NOTHING_TO_DO, type Of, placeOf } from '../content/announce.ts';
import { fact } from '../content/blocks.ts';
import type { Block, Message } from '../content/document.ts';
import { dayOf, minuteOf } from '../content/time.ts';
import { names, sentenceOf, shortList } from '../content/words.ts';
import type { Accepted } from '../domain/acceptance.ts';
import type { FindingState, TransitionKind } from '../domain/finding.ts';
import { type Remedy, SEVERITIES } from '../domain/verdict.ts';
import { ruleOf } from '../rules/find.ts';
import { blockedBy, holdersOf, proofOf, someEvidence } from './evidence.ts';
import { whyOf } from './why.ts';

type News = Of<'transition'>;

// Those that are not here carry the finding's severity.
const TAGS: Partial<Record<TransitionKind, string>> = {
  resolved: 'RESOLVED',
  suppressed: 'SUPPRESSED',
  approved: 'APPROVED',
  cleaned: 'CLEANED UP',
  'cleanup-failed': 'CLEANUP FAILED',
};
const OVER: ReadonlySet<TransitionKind> = new Set(['resolved', 'suppressed', 'cleaned']);
const MOST_IDS = 8;
const WAIT = 'Nothing yet, and do not delete it. The scheduled runs look again and report what it turns out to be.';

const isOver = ({ transition }: News): boolean => OVER.has(transition.kind);

function labels(news: News): Labels {
  const { ruleId, severity, cluster, state, subject } = news.finding;
  const over = isOver(news);
  return {
    kind: 'transition',
    ...placeOf(news),
    ...{ severity, cluster, subject: subject.id, ruleId, transition: news.transition.kind },
    ...(state === undefined ? {} : { state }),
    urgency: 2 + SEVERITIES.length - SEVERITIES.indexOf(severity) + (over ? SEVERITIES.length : 0),
    isOver: over,
  };
}

/** What became of a finding: what happened, where, why that is certain, what it blocks, what to do. */
function content(news: News): Message {
  const { transition, finding, target } = news;
  const { accepted, cluster, subject, severity } = finding;
  const headline = headlineOf(news);
  const docs = ruleOf(finding.ruleId)?.meta.docs;
  return {
    tag: TAGS[transition.kind] ?? severity.toUpperCase(),
    about: subject.id,
    headline,
    where: [...(cluster && !names(headline, cluster) ? [cluster] : []), target.region].join(', '),
    at: transition.at,
    blocks: isOver(news) ? overBlocks(news) : openBlocks(news),
    steps: stepsOf(news),
    footer: [
      `Severity ${severity}; seen ${finding.sightings}x since ${minuteOf(finding.firstSeen)}; ${transition.kind} ${minuteOf(transition.at)}`,
      `Finding ${finding.id}`,
      ...(docs ? [`More: ${docs}`] : []),
    ],
    people: accepted ? [accepted.by, accepted.owner] : [],
  };
}

/** What happened in one clause, its subject always named. The details of `changed` are what the finding was then. */
function headlineOf({ transition, finding: { subject } }: News): string {
  const clause = (transition.kind === 'changed' && transition.details) || transition.says || transition.kind;
  return clause.includes(subject.id) ? clause : `${subject.id}: ${clause}`;
}

const where = ({ finding, target }: News): string =>
  `${finding.cluster ? `cluster ${finding.cluster}, ` : ''}account ${target.accountId}, ${target.region}`;

const acceptedBy = ({ finding: { accepted } }: News) =>
  fact(
    'accepted',
    'Accepted by',
    accepted && `${accepted.by} until ${dayOf(accepted.until)}${answersFor(accepted)}: ${accepted.reason}`,
    'summary',
  );
const answersFor = ({ by, owner }: Accepted): string => (owner === by ? '' : `; ${owner} answers for it`);

const explanation = ({ transition: { cause, coincidence } }: News): Block[] => [
  ...fact('cause', 'What explains it', cause, 'summary'),
  ...fact('coincidence', 'At about the same time', coincidence, 'summary'),
];

const overBlocks = (news: News): Block[] => [
  ...(news.transition.kind === 'suppressed' ? [] : fact('why', 'How we know', news.transition.details, 'summary')),
  ...acceptedBy(news),
  ...explanation(news),
  ...fact('where', 'Where', where(news)),
  ...fact('before', 'It was reported as', news.finding.summary, 'evidence'),
];

function openBlocks(news: News): Block[] {
  const { transition, finding } = news;
  const { known, missing } = proofOf(finding.evidence);
  const isOld = transition.kind === 'opened' || transition.kind === 'changed';
  const blocked = blockedBy(finding.evidence);
  const isCertain = missing.length === 0;
  return [
    ...acceptedBy(news),
    ...(transition.kind === 'changed' ? fact('changed', 'What changed', transition.says, 'summary') : []),
    ...(isOld ? [] : fact('happened', 'What happened', transition.details, 'summary')),
    // With a proof the details are among its points.
    ...(known.length + missing.length === 0 ? fact('details', 'Details', finding.details, 'summary') : []),
    ...explanation(news),
    ...fact('where', 'Where', where(news)),
    ...fact('proof', isCertain ? 'Why it is certain' : 'Known so far', known.join('; '), 'evidence'),
    ...fact('missing', 'Still missing', missing.join('; '), 'summary'),
    ...fact('holders', 'Held by', shortList(holdersOf(finding.evidence), MOST_IDS), 'evidence'),
    ...fact('blocks', 'What it blocks', blocked.length > 0 ? `EC2 refuses to delete ${shortList(blocked, MOST_IDS)} while it exists` : ''),
    ...whyOf(finding.ruleId),
    ...someEvidence(finding),
  ];
}

function stepsOf(news: News): readonly Remedy[] {
  const { state, remedy, accepted } = news.finding;
  if (isOver(news)) {
    if (news.transition.kind !== 'suppressed' || !accepted) return [NOTHING_TO_DO];
    const summary = `Nothing. It alerts again after ${dayOf(accepted.until)}, or when it gets worse; audits and the daily digest go on to show it.`;
    return [{ summary, commands: [] }];
  }
  // A suspect's remedy is not for people: the next scheduled runs decide, and a person in a hurry must not delete it.
  if (state === 'suspect') return [{ summary: WAIT, commands: [] }];
  return remedy.summary === '' && remedy.commands.length === 0 ? [] : [remedy];
}

function machine({ transition, finding }: News, details: boolean) {
  const { id, ruleId, state = null, subject, evidence, remedy, firstSeen, sightings, accepted } = finding;
  const { kind, at, cause = null, coincidence = null } = transition;
  const says = sentenceOf({ ...transition, summary: transition.says });
  return {
    ...{ findingId: id, ruleId, state, transition: kind, at, says, cause, coincidence },
    ...{ subject, summary: sentenceOf(finding), evidence: details ? evidence : {}, remedy, firstSeen, sightings },
    ...(accepted ? { accepted } : {}),
  };
}

/** What no one could read is not to be silenced; what is over, or has an owner, need not be. */
function answers(_: News, state: FindingState | undefined): Answers | undefined {
  if (!state) return undefined;
  const { finding, status, quiet, meaning } = state;
  const isSnoozable = status === 'open' && !quiet && !finding.accepted && finding.topic !== 'coverage';
  return { of: { kind: 'finding', findingId: finding.id, meaning }, actions: isSnoozable ? ['snooze', 'evidence'] : ['evidence'] };
}

/** What became of a finding. */
export const FINDING_NEWS: Announce<Of<'transition'>> = {
  kind: 'transition',
  about: ({ finding }) => finding.id,
  labels,
  content,
  machine,
  answers,
};
