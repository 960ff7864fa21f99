import { isInterfaceId } from '../shared/domain/tags.ts';
import { distinct, FORMAT, type Format, formatOf, impossibleNames, LEDGER_VALUE, type Parsed, REGION } from './arguments.ts';
import { ledgerProblems } from './ledger.ts';
import { type Option, readOptions } from './options.ts';

export const CLEANUP_OPTIONS = {
  region: REGION,
  cluster: { value: 'NAME', repeatable: true, says: 'Only what this deleted cluster left behind.' },
  ledger: { value: LEDGER_VALUE, says: 'Where sightings are kept, and the full record of every deletion.' },
  max: { value: 'N', says: 'At most so many in this run, 1 to 1000; the rest is deferred. Default: CLEANUP_MAX.' },
  format: FORMAT,
  wait: { says: 'Hold the first sighting of suspects, look again after MIN_ORPHAN_AGE_MINUTES, and go on.' },
  apply: { says: 'Delete what the plan says. Asks once on a terminal, and goes ahead without one.' },
} as const satisfies Record<string, Option>;

export const HISTORY_OPTIONS = {
  ledger: { value: LEDGER_VALUE, says: 'The ledger that the cleanup used. Required.' },
  region: { value: 'REGION', says: 'Only this region; with dynamodb: what it holds of this one.' },
  format: FORMAT,
  recreate: { value: 'ID', says: 'Print the command that creates this interface again, and what cannot come back.' },
} as const satisfies Record<string, Option>;

export interface CleanupArguments {
  regions: readonly string[];
  clusters: readonly string[];
  ledger: string | undefined;
  /** Undefined: what the settings say. */
  max: number | undefined;
  format: Format;
  wait: boolean;
  apply: boolean;
}

export interface HistoryArguments {
  ledger: string;
  regions: readonly string[];
  format: Format;
  recreate: string | undefined;
}

const MOST = 1_000;

/** `--max` as a number, or undefined with what is wrong with it. An empty value is complained of already. */
function maxOf(given: string | undefined): { max: number | undefined; problems: readonly string[] } {
  if (given === undefined) return { max: undefined, problems: [] };
  const max = /^\d{1,5}$/.test(given) ? Number(given) : 0;
  if (max >= 1 && max <= MOST) return { max, problems: [] };
  return { max: undefined, problems: [`--max ${given}: must be a whole number from 1 to ${MOST}.`] };
}

/** The arguments of `cleanup`. */
export function parseCleanup(argv: readonly string[]): Parsed<CleanupArguments> {
  const { values, problems } = readOptions(argv, CLEANUP_OPTIONS);
  const [clusters, ledger] = [distinct(values.cluster), distinct(values.ledger)[0]];
  const { max, problems: maxProblems } = maxOf(distinct(values.max)[0]);
  return {
    value: {
      regions: distinct(values.region),
      clusters,
      ledger,
      max,
      format: formatOf(values.format),
      wait: values.wait.length > 0,
      apply: values.apply.length > 0,
    },
    problems: [...problems, ...impossibleNames(clusters), ...ledgerProblems(ledger), ...maxProblems],
  };
}

/** The arguments of `history`. */
export function parseHistory(argv: readonly string[]): Parsed<HistoryArguments> {
  const { values, problems } = readOptions(argv, HISTORY_OPTIONS);
  const [ledger, recreate] = [distinct(values.ledger)[0], distinct(values.recreate)[0]];
  return {
    value: { ledger: ledger ?? '', regions: distinct(values.region), format: formatOf(values.format), recreate },
    problems: [
      ...problems,
      ...(values.ledger.length === 0 ? ['history needs the ledger that the cleanup used: --ledger FILE or --ledger dynamodb:TABLE.'] : []),
      ...ledgerProblems(ledger),
      ...(recreate !== undefined && !isInterfaceId(recreate)
        ? [`--recreate ${recreate}: no interface can have this id, such as eni-0123456789abcdef0.`]
        : []),
    ],
  };
}
