import { commandBlock, next, paragraph, step } from '../../content/blocks.ts';
import type { Block, Item } from '../../content/document.ts';
import { minuteOf } from '../../content/time.ts';
import { count, list, shortList } from '../../content/words.ts';
import type { Finding } from '../../domain/finding.ts';
import { isDeferred } from '../../plans/deletion.ts';
import type { AuditReport } from '../audit-report.ts';
import { dueAt, toMinute } from '../due.ts';
import { type Accept, acceptStep } from './accepted.ts';
import { coveredBy } from './covered.ts';
import { andMore } from './interfaces.ts';
import { inState, isIncomplete, leftoversOf, undecidedOf } from './leftovers.ts';

/** The command lines that go on from an audit. */
export interface CommandLines {
  /** That of this audit, changed a little. */
  again: (change: { regions?: readonly string[]; ledger?: string; format?: 'json' }) => string;
  /** Plans the cleanup of what this audit found in a region. */
  cleanup: (region: string) => string;
  accept: Accept;
}

type Again = CommandLines['again'];

const MOST_COMMANDS = 10;
// Of a list that is too long to be shown, these are the example.
const SOME_COMMANDS = 3;
export const LEDGER_EXAMPLE = 'sgp-warden.ledger.json';

const distinct = (texts: readonly string[]): string[] => [...new Set(texts)].filter(Boolean);

/** How to have everything read the next time. */
export function closeGaps(gaps: readonly Finding[], again: string): Item[] {
  const what = distinct(gaps.map(({ remedy }) => remedy.summary));
  const commands = distinct(gaps.flatMap(({ remedy }) => remedy.commands));
  return [step(`${what.join(' ') || 'Find out why the reads failed, and audit again.'} Then:`, [...commands, again])];
}

function lookAgain(suspects: readonly Finding[], reports: readonly AuditReport[], again: Again): Item[] {
  const minAge = Math.max(...reports.map((report) => report.minOrphanAgeMinutes));
  const who = count(suspects.length, 'suspect');
  if (reports.every(({ ledger }) => ledger === undefined)) {
    const text = `One sighting proves nothing, and this one was not remembered. To prove or clear the ${who}, run this now and once more ${minAge} minutes later:`;
    return [step(text, [again({ ledger: LEDGER_EXAMPLE })])];
  }
  const exact = dueAt(suspects, minAge);
  const due = exact && toMinute(exact);
  const isDue = due !== undefined && reports.every(({ generatedAt }) => due.getTime() <= Date.parse(generatedAt));
  const when = due === undefined ? `${minAge} minutes from now` : isDue ? 'now' : `at ${minuteOf(due)} or later`;
  return [step(`Look at the ${who} a second time, ${when}; what did not change by then is an orphan:`, [again({})])];
}

/** Orphans that nothing here says to delete: what a guard holds back for what it is, such as a tag to keep it, and what the stack has in hand. */
const heldBack = ({ cleanup }: AuditReport): ReadonlySet<string> =>
  new Set([
    ...(cleanup?.refusals ?? []).filter((refusal) => !isDeferred(refusal)).map(({ interfaceId }) => interfaceId),
    ...(cleanup?.plans ?? [])
      .filter(({ status }) => status !== 'waiting')
      .flatMap(({ plan }) => plan.deletions.map(({ interfaceId }) => interfaceId)),
  ]);

/** The orphans among these that may be deleted, as far as is known. */
const deletable = (findings: readonly Finding[], held: ReadonlySet<string>): Finding[] =>
  inState(findings, 'orphan').filter(({ subject }) => !held.has(subject.id));

function planCleanup(reports: readonly AuditReport[], cleanup: CommandLines['cleanup']): Item[] {
  const found = reports
    .map((report) => ({ region: report.target.region, orphans: deletable(leftoversOf(report).branches, heldBack(report)).length }))
    .filter(({ orphans }) => orphans > 0);
  const n = found.reduce((sum, { orphans }) => sum + orphans, 0);
  const what = `Plan the deletion of the ${count(n, 'orphan')} with ${found.length === 1 ? 'this' : 'these'}; --apply carries it out, proving each once more right before:`;
  const commands = found.map(({ region }) => cleanup(region));
  return n > 0 ? [step(what, commands)] : [];
}

function deleteOrphans(orphans: readonly Finding[], pinned: readonly Finding[], isFirst: boolean, again: Again): Item[] {
  const commands = distinct(orphans.flatMap(({ remedy }) => remedy.commands));
  const shown = commands.slice(0, commands.length > MOST_COMMANDS ? SOME_COMMANDS : MOST_COMMANDS);
  const all = `${again({ format: 'json' })} | jq -r '.. | objects | select(.state? == "orphan") | .remedy.commands[]'`;
  const rest = [paragraph(`... and ${commands.length - shown.length} more; this prints them all:`), ...commandBlock([all])];
  const free = pinned.map(({ subject }) => subject.id);
  const what = `${isFirst ? 'Delete' : 'Or delete'} the ${count(orphans.length, 'orphan')} by hand, while the proof is fresh (this audit deletes nothing):`;
  return [
    { text: what, blocks: [...commandBlock(shown), ...(commands.length > shown.length ? rest : [])] },
    ...(free.length > 0 ? [step(`After that these can be deleted too: ${shortList(free, 8)}.`)] : []),
  ];
}

/** Plans to answer, whose commands are under Cleanup with what they are about, and plans to wait for. */
const answerPlans = (reports: readonly AuditReport[]): Item[] =>
  reports
    .flatMap(({ cleanup }) => cleanup?.plans ?? [])
    .map(({ id, status, expiresAt }) =>
      status === 'waiting'
        ? step(`Approve or reject plan ${id} with the commands under Cleanup, until ${minuteOf(expiresAt)}.`)
        : step(`Leave what is in plan ${id} to the stack: it is ${status}, and carried out by the cleanup worker.`),
    );

function remedied(findings: readonly Finding[]): Item[] {
  return distinct(findings.map(({ remedy }) => remedy.summary)).map((summary) => {
    const same = findings.filter(({ remedy }) => remedy.summary === summary);
    const clusters = distinct(same.map(({ cluster }) => cluster ?? ''));
    const commands = distinct(same.flatMap(({ remedy }) => remedy.commands));
    return {
      text: `${clusters.length > 0 ? `${shortList(clusters, 3)}: ` : ''}${summary}`,
      blocks: [...commandBlock(commands.slice(0, SOME_COMMANDS)), ...andMore(commands.length, SOME_COMMANDS)],
    };
  });
}

/** Isolation among pods may be meant: it is shown, and nothing has to be done. */
function openPaths(paths: readonly Finding[], again: Again): Item[] {
  const blocked = paths.filter(({ severity }) => severity !== 'low');
  if (blocked.length === 0) return [];
  const sets = distinct(blocked.map(({ cluster, subject }) => `${cluster} ${subject.id}`)).length;
  return [
    step(`Open the blocked paths of ${count(sets, 'set')} of pod security groups with the rules above, and audit again:`, [again({})]),
  ];
}

/** What to do now, in order, over all regions. */
export function nextBlocks(reports: readonly AuditReport[], failed: readonly string[], { again, cleanup, accept }: CommandLines): Block[] {
  const leftovers = reports.map(leftoversOf);
  const all = (of: keyof (typeof leftovers)[number]) => leftovers.flatMap((each) => each[of]);
  const interfaces = [...all('branches'), ...all('trunks')];
  const held = new Set(reports.flatMap((report) => [...heldBack(report)]));
  const [suspects, orphans] = [inState(interfaces, 'suspect'), deletable(interfaces, held)];
  const planned = planCleanup(reports, cleanup);
  const isWaiting = reports.some((report) => undecidedOf(report).waiting.length > 0);
  const steps = [
    ...(failed.length > 0 ? [step(`Find out why ${list(failed)} could not be audited, and try again:`, [again({ regions: failed })])] : []),
    ...(reports.some(isIncomplete) ? closeGaps(all('gaps'), again({})) : []),
    ...answerPlans(reports),
    ...planned,
    ...(orphans.length > 0 ? deleteOrphans(orphans, inState(all('pinned'), 'orphan'), planned.length === 0, again) : []),
    ...(suspects.length > 0 ? lookAgain(suspects, reports, again) : []),
    ...(isWaiting ? [step('What waits becomes provable once its node is gone: terminate it or wait, then audit again.')] : []),
    ...remedied(inState(all('leaked'), 'leaked')),
    ...openPaths(all('paths'), again),
    ...remedied(all('unattributable')),
    ...remedied(all('other')),
    ...acceptStep(reports, accept),
  ];
  return steps.length === 0 ? coveredBy(reports) : [next(steps)];
}
