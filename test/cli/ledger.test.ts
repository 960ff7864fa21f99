import { describe, expect, it } from '@jest/globals';
import { ledgerProblems, openLedger, tableOf } from '../../cli/ledger.ts';
import { fakeWorld } from '../support/terminal.ts';

describe('the name of a ledger', () => {
  it.each([
    ['warden.json', undefined],
    ['./dynamodb:x', undefined],
    ['dynamodb:sgp-warden_ledger.1', 'sgp-warden_ledger.1'],
  ])('%s names the table %s', (name, table) => {
    expect(tableOf(name)).toBe(table);
    expect(ledgerProblems(name)).toEqual([]);
  });

  it.each(['dynamodb:', 'dynamodb:ab', 'dynamodb:a/b', `dynamodb:${'x'.repeat(256)}`])('%s can be none', (name) => {
    expect(ledgerProblems(name)).toHaveLength(1);
  });
});

describe('opening a ledger', () => {
  const opened = async (name: string | undefined, regions: readonly string[]) => {
    const world = fakeWorld();
    await openLedger(name, regions, world);
    return world.ledgers;
  };

  it('takes a table in the first region', async () => {
    expect(await opened('dynamodb:warden', ['eu-west-1', 'us-east-1'])).toEqual(['dynamodb:warden in eu-west-1']);
    expect(await opened('dynamodb:warden', [])).toEqual([]);
  });

  it('looks at a file even when no region is known, so that all problems are told at once', async () => {
    expect(await opened('warden.json', [])).toEqual(['warden.json']);
  });

  it('opens none that was not asked for', async () => {
    expect(await opened(undefined, ['eu-west-1'])).toEqual([]);
  });
});
