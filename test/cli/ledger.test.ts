import { describe, expect, it } from '@jest/globals';
import { ledgerProblems, openLedger, placeOf, tableOf } from '../../cli/ledger.ts';
import { fakeWorld } from '../support/terminal.ts';

describe('the name of a ledger', () => {
  it.each([
    ['warden.json', undefined],
    ['./dynamodb:x', undefined],
    ['ledger@home.json', undefined],
    ['dynamodb:sgp-warden_ledger.1', { table: 'sgp-warden_ledger.1', region: undefined }],
    ['dynamodb:warden@eu-central-1', { table: 'warden', region: 'eu-central-1' }],
  ])('%s names the table %j', (name, table) => {
    expect(tableOf(name)).toEqual(table);
    expect(ledgerProblems(name)).toEqual([]);
  });

  it.each(['dynamodb:', 'dynamodb:ab', 'dynamodb:a/b', `dynamodb:${'x'.repeat(256)}`, 'dynamodb:@eu-west-1'])('%s can be none', (name) => {
    expect(ledgerProblems(name)).toHaveLength(1);
  });
});

describe('the region of a table', () => {
  it.each(['dynamodb:warden@', 'dynamodb:warden@moon', 'dynamodb:warden@eu-west-1@us-east-1', 'dynamodb:warden@EU-WEST-1'])(
    'is none in %s, which says so',
    (name) => {
      expect(ledgerProblems(name)).toEqual([expect.stringMatching(/is not the name of an AWS region, .* dynamodb:TABLE@REGION\.$/)]);
    },
  );

  it.each([
    ['dynamodb:warden', { table: 'warden', region: 'us-east-1' }],
    ['dynamodb:warden@eu-west-1', { table: 'warden', region: 'eu-west-1' }],
    ['warden@eu-west-1', undefined],
  ])('of %s is its own, or the one that is asked about', (name, place) => {
    expect(placeOf(name, 'us-east-1')).toEqual(place);
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

  it('takes a table in its own region, whichever are asked about', async () => {
    for (const regions of [['us-east-1', 'eu-west-1'], ['eu-west-1'], []])
      expect(await opened('dynamodb:warden@eu-central-1', regions)).toEqual(['dynamodb:warden in eu-central-1']);
  });

  it('looks at a file even when no region is known, so that all problems are told at once', async () => {
    expect(await opened('warden.json', [])).toEqual(['warden.json']);
  });

  it('opens none that was not asked for', async () => {
    expect(await opened(undefined, ['eu-west-1'])).toEqual([]);
  });
});
