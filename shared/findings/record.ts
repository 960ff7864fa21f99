// What the ledger holds of findings: what was seen, what is open, and who answers for it.
import * as v from 'valibot';
import { ACCEPTANCE as ACCEPTANCE_SCHEMA, type Acceptance } from '../domain/acceptance.ts';
import { FINDING_STATE, type FindingState } from '../domain/finding.ts';
import type { Sighting } from '../domain/inventory.ts';
import { TEXT, TIME, wholeFrom } from '../domain/values.ts';
import type { Evidence } from '../domain/verdict.ts';
import { defineKind } from '../ledger/kind.ts';

// A quarter, with some days to spare: what is resolved is looked up in reviews.
const RESOLVED_DAYS = 90;
// An acceptance lasts a year at most; who accepted what is asked for some time after it ended.
const ACCEPTANCE_DAYS = 800;
const LONGEST_LIST = 1_000;

const LIST = v.picklist(['branchEnis', 'trunkEnis']);

const SIGHTING_SCHEMA: v.GenericSchema<Sighting> = v.pipe(
  v.object({
    interfaceId: TEXT,
    as: v.picklist(['orphan', 'leak']),
    list: LIST,
    fingerprint: TEXT,
    first: TIME,
    newest: TIME,
    count: wholeFrom(1),
  }),
  v.check((sighting) => Date.parse(sighting.first) <= Date.parse(sighting.newest), 'first is later than newest'),
);

export const SIGHTING = defineKind<Sighting, 'sighting'>({
  name: 'sighting',
  schema: SIGHTING_SCHEMA,
  id: (sighting) => sighting.interfaceId,
});

/** The newest complete read of a list that is recorded. */
export interface ListRead {
  list: Sighting['list'];
  readAt: string;
}

export const LIST_READ = defineKind<ListRead, 'list-read'>({
  name: 'list-read',
  schema: v.object({ list: LIST, readAt: TIME }),
  id: ({ list }) => list,
});

export const FINDING = defineKind<FindingState, 'finding'>({
  name: 'finding',
  schema: FINDING_STATE,
  id: ({ finding }) => finding.id,
  keepDays: ({ status, pending }) => (pending.length > 0 || status !== 'resolved' ? undefined : RESOLVED_DAYS),
  announce: ({ finding }, { recipients: _, ...transition }) => {
    const { findingId, kind, at } = transition;
    return { kind: 'transition', id: `${findingId}#${kind}#${at}`, at, transition, finding };
  },
  abridge: (state) => ({ ...state, finding: { ...state.finding, evidence: abridged(state.finding.evidence) } }),
});

/** What somebody said of a finding: one for each, the newest counts. */
export const ACCEPTANCE = defineKind<Acceptance, 'acceptance'>({
  name: 'acceptance',
  schema: ACCEPTANCE_SCHEMA,
  id: ({ findingId }) => findingId,
  keepDays: () => ACCEPTANCE_DAYS,
});

/** `omitted` tells how many of each list were left out. */
function abridged(evidence: Evidence): Evidence {
  const tooLong = Object.entries(evidence).filter((entry): entry is [string, unknown[]] => {
    return Array.isArray(entry[1]) && entry[1].length > LONGEST_LIST;
  });
  const cut = tooLong.map(([name, list]) => [name, list.slice(0, LONGEST_LIST)]);
  const omitted = tooLong.map(([name, list]) => [name, list.length - LONGEST_LIST]);
  return { ...evidence, ...Object.fromEntries(cut), omitted: Object.fromEntries(omitted) };
}
