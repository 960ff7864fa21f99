import { ConfigError } from '../shared/domain/errors.ts';
import type { Target } from '../shared/domain/finding.ts';
import type { LedgerStore } from '../shared/ledger/store.ts';
import type { World } from './ports.ts';
import { isRegionName } from './region.ts';

const DYNAMODB = 'dynamodb:';
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
const TABLE_NAME = /^[\w.-]{3,255}$/;

/** A table, and the region that it is named with: no table's name has an `@`. */
export interface TableName {
  table: string;
  /** Undefined: in the region that is asked about. */
  region: string | undefined;
}

/** The DynamoDB table that a ledger's name names; undefined: it is a file's path. */
export function tableOf(ledger: string): TableName | undefined {
  if (!ledger.startsWith(DYNAMODB)) return undefined;
  const [table = '', ...region] = ledger.slice(DYNAMODB.length).split('@');
  return { table, region: region.length > 0 ? region.join('@') : undefined };
}

/** The table and where it is, for somebody who asks about a region; undefined: it is a file's path. */
export function placeOf(ledger: string, asked: string): { table: string; region: string } | undefined {
  const named = tableOf(ledger);
  return named && { table: named.table, region: named.region ?? asked };
}

/** What is wrong with a ledger's name, before anybody looks for it. */
export function ledgerProblems(ledger: string | undefined): string[] {
  const named = ledger === undefined ? undefined : tableOf(ledger);
  if (named === undefined) return [];
  if (!TABLE_NAME.test(named.table))
    return [`--ledger ${ledger}: no DynamoDB table can have this name. Give the table of the stack: --ledger dynamodb:TABLE.`];
  if (named.region === undefined || isRegionName(named.region)) return [];
  return [`--ledger ${ledger}: ${named.region || 'nothing'} is not the name of an AWS region, such as eu-west-1: dynamodb:TABLE@REGION.`];
}

/** The ledger that was asked for, if one was. A file is looked at even where no region is known, so that all problems are told at once. */
export async function openLedger(
  ledger: string | undefined,
  regions: readonly string[],
  world: Pick<World, 'openLedger'>,
): Promise<LedgerStore | undefined> {
  if (ledger === undefined || ledgerProblems(ledger).length > 0) return undefined;
  const [region] = regions;
  // One region's table: its own, or that of the first region, as deployed there.
  if (region === undefined && tableOf(ledger) !== undefined && tableOf(ledger)?.region === undefined) return undefined;
  return world.openLedger(ledger, region ?? '');
}

/** Every account and region that a ledger file knows. A file that knows none is a mistake, not an empty ledger. */
export async function targetsOfFile(ledger: string, world: Pick<World, 'fileTargets'>): Promise<readonly Target[]> {
  const targets = await world.fileTargets(ledger);
  if (targets.length > 0) return targets;
  throw new ConfigError([`ledger ${ledger}: there is no such file, or nothing in it. Give the ledger that the cleanup used.`]);
}
