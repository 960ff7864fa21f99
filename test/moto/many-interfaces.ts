import { describe, expect, it } from '@jest/globals';
import type { Moto } from '../support/moto.ts';
import * as seed from '../support/moto-account.ts';
import { audit, subjectsOf } from '../support/sgp-warden.ts';

const ORPHANS = 200;
// moto's time for one answer grows with the interfaces in it times the tags in the region (25 s for 2,500 interfaces
// that all have their tags), so most of them have lost theirs.
const STRIPPED = 2_300;
const AT_ONCE = 16;

/** As many interfaces as three of EC2's pages hold. moto gives them in one. */
export function manyInterfacesScenario(moto: Moto): void {
  describe('2,500 available branch interfaces', () => {
    it('are all reported, each as what it is, in few calls', async () => {
      const account = await seed.emptyAccount(moto);
      const stripped = await repeat(STRIPPED, () => seed.createInterface(account, { description: 'aws-k8s-branch-eni' }));
      const orphans = await repeat(ORPHANS, () => seed.createBranch(account, { cluster: 'red' }));

      const { exitCode, report } = await audit([], moto.env);
      expect(exitCode).toBe(1);
      expect(subjectsOf(report, 'orphaned-branch-eni')).toEqual(orphans.sort());
      expect(subjectsOf(report, 'unattributable-branch-eni')).toEqual(stripped.sort());
      expect(report.stats.apiCalls).toBeLessThan(40);
    });
  });
}

/** The results of `times` calls, some of them at once. */
async function repeat<T>(times: number, call: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  let started = 0;
  const worker = async () => {
    while (started++ < times) results.push(await call());
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}
