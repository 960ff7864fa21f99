import type { LedgerStore } from '../shared/model/ledger.ts';
import type { World } from './ports.ts';

const DYNAMODB = 'dynamodb:';
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
const TABLE_NAME = /^[\w.-]{3,255}$/;

/** The DynamoDB table that a ledger's name names; undefined: it is a file's path. */
export const tableOf = (ledger: string): string | undefined => (ledger.startsWith(DYNAMODB) ? ledger.slice(DYNAMODB.length) : undefined);

/** What is wrong with a ledger's name, before anybody looks for it. */
export function ledgerProblems(ledger: string | undefined): string[] {
  const table = ledger === undefined ? undefined : tableOf(ledger);
  if (table === undefined || TABLE_NAME.test(table)) return [];
  return [`--ledger ${ledger}: no DynamoDB table can have this name. Give the table of the stack: --ledger dynamodb:TABLE.`];
}

/** The ledger that was asked for, if one was. A file is looked at even where no region is known, so that all problems are told at once. */
export async function openLedger(
  ledger: string | undefined,
  regions: readonly string[],
  world: Pick<World, 'openLedger'>,
): Promise<LedgerStore | undefined> {
  if (ledger === undefined || ledgerProblems(ledger).length > 0) return undefined;
  const [region] = regions;
  // One region's table: that of the first region, as deployed there.
  if (tableOf(ledger) !== undefined) return region === undefined ? undefined : world.openLedger(ledger, region);
  return world.openLedger(ledger, region ?? '');
}
