import { afterAll, describe, it } from '@jest/globals';
import { motoEnvironment } from '../../scripts/moto.ts';
import { dynamoStore } from '../../shared/ledger/dynamodb/store.ts';
import { localClient, newTable } from '../ledger/dynalite.ts';
import { storeConformance } from '../ledger/store-conformance.ts';
import { startMoto } from '../support/moto.ts';

const environment = await motoEnvironment();

if (environment.ok) {
  const moto = await startMoto(environment);
  const client = localClient(moto.endpoint);
  afterAll(async () => {
    client.destroy();
    await moto.stop();
  });
  const fresh = async () => {
    const table = await newTable(client);
    return async () => dynamoStore({ client, table });
  };
  // moto checks a condition and writes in two steps: about one of some thousand writers at once slips in between.
  storeConformance('dynamoStore on moto', fresh, { raced: false });
} else if (process.env.CI === 'true') {
  describe('dynamoStore on moto', () => {
    it('must be set up in CI', () => {
      throw new Error(`moto cannot be set up: ${environment.reason}`);
    });
  });
} else {
  it.skip('dynamoStore on moto', () => {});
  process.stderr.write(`dynamoStore on moto skipped: ${environment.reason}\n`);
}
