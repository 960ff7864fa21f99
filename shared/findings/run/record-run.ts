import { messageOf } from '../../aws/errors.ts';
import type { Deps } from '../../deps.ts';
import type { Target, Transition } from '../../domain/finding.ts';
import type { Sighting } from '../../domain/inventory.ts';
import { statesOf } from '../../ledger/kind.ts';
import { recipientsOf } from '../../ledger/outbox.ts';
import { toChanges } from '../../ledger/records.ts';
import { type LedgerSession, openSession } from '../../ledger/session.ts';
import type { LedgerChange, LedgerOutcome, LedgerRecord } from '../../ledger/store.ts';
import { retrying } from '../../ledger/update.ts';
import type { Rule } from '../../rules/define.ts';
import { FINDING, LIST_READ, SIGHTING } from '../record.ts';
import { type JudgedRun, judgeRun } from './judge-run.ts';
import { LISTS, listReadChanges } from './list-reads.ts';
import type { Run } from './run.ts';

/** What a run found, and what became of it in the ledger. */
export interface RecordedRun extends Pick<JudgedRun, 'judged' | 'findings' | 'unsettled' | 'transitions' | 'sightings' | 'acceptances'> {
  /** Why the ledger does not hold this run, when it does not. */
  unrecorded?: string;
}

// Another run may write between our read and our write. What we read of AWS stays true, so judging it again against the
// winner's records is enough; losing so often means that something else is wrong.
const TRIES = 4;

/** The ids of interfaces with open findings of these rules. */
export function openInterfaces(records: readonly LedgerRecord[], rules: readonly Rule[]): string[] {
  const ids = new Set(rules.map((rule) => rule.meta.id));
  return statesOf(records, FINDING)
    .filter((state) => state.status === 'open' && ids.has(state.finding.ruleId) && state.finding.subject.type === 'network-interface')
    .map((state) => state.finding.subject.id);
}

/**
 * Judges what was read against what the ledger knows, and writes what changed; that these lists were read is written last.
 *
 *   slower run   reads AWS ───────────────────── writes sightings ── writes its list-read: lost ── withdraws its sightings
 *   faster run        reads AWS ── writes sightings ── writes its list-read ──┘
 */
export async function recordRun(deps: Deps, run: Run): Promise<RecordedRun> {
  const session = deps.store && openSession(deps.store);
  const announced: Transition[] = [];
  const ended = new Set<string>();
  const begun = new Map<string, string>();
  const { value, lost } = await retrying(async (before): Promise<{ outcomes: readonly LedgerOutcome[]; value: RecordedRun }> => {
    // A sighting that another run ended while we were reading: ours is older than what ended it and must not begin it again.
    for (const { key } of before.filter(({ winner }) => !winner)) ended.add(key);
    const records = session ? await recordsFor(session, run, before.length > 0) : [];
    const { changed, readAt, ...recorded } = judgeRun(run, records, {
      minOrphanAgeMinutes: deps.settings.minOrphanAgeMinutes,
      corednsSecurityGroups: deps.settings.corednsSecurityGroups,
      probePorts: deps.settings.probePorts,
      publishers: recipientsOf(deps.publishers, records),
      withdrawn: (sighting) =>
        ended.has(SIGHTING.key(sighting.interfaceId)) || isOvertaken(sighting, readAtOf(run, sighting), records, begun),
    });
    const outcomes = await write(session, run.target, toChanges(records, recorded.sightings, changed));
    if ('unrecorded' in outcomes) return { outcomes: [], value: { ...recorded, ...outcomes } };
    const lostKeys = lostIn(outcomes);
    // What this attempt wrote is known to the next one, which will not announce it again.
    announced.push(...recorded.transitions.filter(({ findingId }) => !lostKeys.has(FINDING.key(findingId))));
    for (const [id, sighting] of recorded.sightings) if (!lostKeys.has(SIGHTING.key(id))) begun.set(id, sighting.newest);
    const reads = lostKeys.size === 0 ? await write(session, run.target, listReadChanges(records, readAt)) : [];
    const value = { ...recorded, transitions: announced };
    return 'unrecorded' in reads ? { outcomes: [], value: { ...value, ...reads } } : { outcomes: [...outcomes, ...reads], value };
  }, TRIES);
  return lost.length > 0 ? { ...value, unrecorded: 'other runs keep writing the same ledger; audit again' } : value;
}

const lostIn = (outcomes: readonly LedgerOutcome[]): ReadonlySet<string> =>
  new Set(outcomes.flatMap(({ key, written }) => (written ? [] : [key])));

/**
 * What this run is judged against. Sightings come and go, and one that was deleted and made anew looks as if it had lasted: had another run
 * recorded a list since this one loaded the ledger, all is loaded again, and so it is after a lost race.
 */
async function recordsFor(session: LedgerSession, { target, inventory }: Run, isLost: boolean): Promise<readonly LedgerRecord[]> {
  if (isLost) return session.reload(target);
  const records = await session.load(target);
  for (const list of LISTS.filter((each) => inventory[each]?.ok)) {
    const key = LIST_READ.key(list);
    const known = records.find((record) => record.key === key);
    const now = await session.get(target, key);
    if (now?.version !== known?.version) return session.reload(target);
  }
  return records;
}

const readAtOf = ({ inventory }: Run, { list }: Sighting): string | undefined => {
  const read = inventory[list];
  return read?.ok ? read.readAt : undefined;
};

/** Whether this run wrote a sighting in an earlier attempt, and a newer read of its list was recorded meanwhile. */
function isOvertaken(
  { interfaceId, list, newest }: Sighting,
  ours: string | undefined,
  records: readonly LedgerRecord[],
  begun: ReadonlyMap<string, string>,
): boolean {
  if (ours === undefined || newest !== ours || begun.get(interfaceId) !== ours) return false;
  return records.some(
    ({ body }) => body.kind === 'list-read' && body.state.list === list && Date.parse(body.state.readAt) > Date.parse(ours),
  );
}

/** A ledger that cannot be written costs the record, never the report. */
async function write(
  session: LedgerSession | undefined,
  target: Target,
  changes: readonly LedgerChange[],
): Promise<readonly LedgerOutcome[] | { unrecorded: string }> {
  if (changes.length === 0) return [];
  try {
    return (await session?.write(target, changes)) ?? [];
  } catch (error) {
    return { unrecorded: `the ledger could not be written, so this run counts for nothing in it: ${messageOf(error)}` };
  }
}
