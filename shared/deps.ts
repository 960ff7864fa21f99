import { type AwsClients, awsClients } from './aws/clients.ts';
import type { Publisher } from './channels/publisher.ts';
import type { LedgerStore } from './ledger/store.ts';
import type { Settings } from './settings/config.ts';

/** All that the use cases need of the world, built once per cold start or command. */
export interface Deps {
  settings: Settings;
  /** Clients are made per target, so that more accounts and regions are more requests, not another program. */
  clientsFor: (region: string) => AwsClients;
  /** Without one an audit has a single sighting. */
  store: LedgerStore | undefined;
  /** Who is to send a new transition. */
  publishers: readonly Pick<Publisher, 'name'>[];
  clock: () => Date;
  /** Told what is being read, for a terminal. */
  onProgress?: ((says: string) => void) | undefined;
}

export { profileRegion } from './aws/clients.ts';

/** The real world's: AWS through the SDK's own credentials and endpoints, the machine's clock. */
export function realDeps(settings: Settings, store: LedgerStore | undefined): Deps {
  return { settings, clientsFor: (region) => awsClients(region), store, publishers: [], clock: () => new Date() };
}
