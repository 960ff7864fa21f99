// The command line and the packaged functions against moto's server. One file starts the server for all the scenarios: it sets moto up once, and says once why not.
import { afterAll, describe, it } from '@jest/globals';
import { motoEnvironment } from '../../scripts/moto.ts';
import { startMoto } from '../support/moto.ts';
import { awsCliScenario } from './aws-cli.ts';
import { changeScenario } from './changes.ts';
import { cleanupScenarios } from './cleanup.ts';
import { clusterScenarios } from './clusters.ts';
import { exitCodeScenarios } from './exit-codes.ts';
import { htmlErrorScenarios } from './html-errors.ts';
import { ledgerScenarios } from './ledger.ts';
import { ledgerChangeScenarios } from './ledger-changes.ts';
import { manyInterfacesScenario } from './many-interfaces.ts';
import { mixedAccountScenarios } from './mixed-account.ts';
import { modeScenarios } from './modes.ts';
import { pathScenarios } from './paths.ts';
import { pinScenarios } from './pins.ts';
import { preflightScenarios } from './preflight.ts';
import { slackScenario } from './slack.ts';
import { stackScenario } from './stack.ts';
import { strangeInterfaceScenarios } from './strange-interfaces.ts';

const environment = await motoEnvironment();

if (environment.ok) {
  const moto = await startMoto(environment);
  describe('against moto', () => {
    afterAll(moto.stop);
    mixedAccountScenarios(moto);
    clusterScenarios(moto);
    strangeInterfaceScenarios(moto);
    ledgerScenarios(moto);
    ledgerChangeScenarios(moto);
    pinScenarios(moto);
    pathScenarios(moto);
    changeScenario(moto);
    preflightScenarios(moto);
    exitCodeScenarios(moto);
    htmlErrorScenarios(moto);
    cleanupScenarios(moto);
    stackScenario(moto);
    modeScenarios(moto);
    awsCliScenario(moto);
    slackScenario(moto);
    manyInterfacesScenario(moto);
  });
} else if (process.env.CI === 'true') {
  describe('against moto', () => {
    it('must be set up in CI', () => {
      throw new Error(`moto cannot be set up: ${environment.reason}`);
    });
  });
} else {
  it.skip('against moto', () => {});
  process.stderr.write(`moto suite skipped: ${environment.reason}\n`);
}
