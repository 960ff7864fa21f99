import type { Settings } from '../../shared/settings/config.ts';
import { print } from '../output.ts';
import type { Terminal } from '../ports.ts';

// Below this the controller's own comings and goings are shorter than the proof.
const LEAST_AGE_MINUTES = 30;
// EC2 refills 5 mutating calls per second for the whole account, and the controllers of live clusters need theirs.
const MOST_PER_SECOND = 4;

/** That sightings are too near to one another to prove much. */
export async function warnOfShortAge({ minOrphanAgeMinutes }: Settings, { stderr }: Terminal): Promise<void> {
  if (minOrphanAgeMinutes >= LEAST_AGE_MINUTES) return;
  await print(
    stderr,
    `warning: MIN_ORPHAN_AGE_MINUTES=${minOrphanAgeMinutes}: below ${LEAST_AGE_MINUTES} an interface that is only between two uses, or a late answer of EC2, can look like an orphan. Delete nothing on such proof.\n`,
  );
}

/** That a cleanup would take from live clusters what EC2 allows the account. */
export async function warnOfHighRate({ cleanupRatePerSecond }: Settings, { stderr }: Terminal): Promise<void> {
  if (cleanupRatePerSecond <= MOST_PER_SECOND) return;
  await print(
    stderr,
    `warning: CLEANUP_RATE_PER_SECOND=${cleanupRatePerSecond}: EC2 refills 5 deletions per second for the whole account. Above ${MOST_PER_SECOND} the controllers of live clusters are throttled, and their pods wait for interfaces.\n`,
  );
}

/** That nobody will be able to look up, or create again, what is deleted. */
export async function warnOfNoRecord({ stderr }: Terminal): Promise<void> {
  await print(
    stderr,
    'warning: without --ledger the record of what is deleted is lost when this command ends: no history, no history --recreate.\n',
  );
}
