// A world of plain values behind the ports of an execution: what it answered last is known, and anything may happen before any answer.

import type { NetworkInterface } from '../../../shared/domain/inventory.ts';
import { type Read, readFailed, readOk } from '../../../shared/domain/read.ts';
import type { DeletionRecord, PlannedDeletion } from '../../../shared/plans/deletion.ts';
import type { DeleteAnswer } from '../../../shared/plans/execute/delete-interface.ts';
import type { Claim, ExecuteDeps } from '../../../shared/plans/execute/ports.ts';
import { fingerprint } from '../../../shared/proof/fingerprint.ts';
import { AT, branchEni, CLUSTER, eniId, sighting, trunkEni, VPC_ID } from '../../support/interfaces.ts';

export const ENIS = Array.from({ length: 9 }, (_, index) =>
  branchEni({ id: eniId(index + 1), privateIpAddresses: [`10.0.1.${index + 1}`] }),
);

export interface Answered {
  port: 'cluster' | 'trunk' | 'instance' | 'interface' | 'sighting' | 'claim' | 'note' | 'remove' | 'sleep';
  id: string;
  at: number;
  /** For a read, whether it shows what an orphan needs; for a note or a claim, whether it was written; for a removal, always. */
  good: boolean;
  status?: string;
}

export interface FakeWorld {
  now: number;
  cluster: 'gone' | 'ACTIVE';
  trunk: 'gone' | 'in-use';
  instance: 'gone' | 'running';
  failing: 'denied' | 'throttled' | 'malformed' | undefined;
  /** Whether the sightings are still those of the plan. */
  seen: boolean;
  /** Whether another run took the claims over. */
  claimLost: boolean;
  previous: DeletionRecord | undefined;
  /** What EC2 answers to the next deletions; then `deleted`. */
  answers: DeleteAnswer[];
  halt: ReturnType<ExecuteDeps['halt']>;
  interfaces: Map<string, NetworkInterface>;
  log: Answered[];
  removed: string[];
}

/** True orphans, and ports that show them; `turn` happens before every answer. */
export function fakeWorld(turn: (world: FakeWorld, port: Answered['port']) => void = () => undefined) {
  const world: FakeWorld = {
    ...{ now: AT.getTime(), cluster: 'gone', trunk: 'gone', instance: 'gone', failing: undefined, seen: true, claimLost: false },
    ...{ previous: undefined, answers: [], halt: undefined, log: [], removed: [] },
    interfaces: new Map(ENIS.map((eni) => [eni.id, eni])),
  };
  const began = (port: Answered['port']): Date => {
    world.now += 10;
    turn(world, port);
    return new Date(world.now);
  };
  const log = (port: Answered['port'], id: string, at: Date, good: boolean, status?: string) => {
    world.log.push({ port, id, at: at.getTime(), good, ...(status === undefined ? {} : { status }) });
  };
  const read = async <T>(port: Answered['port'], id: string, answer: () => { value: T; good: boolean }): Promise<Read<T>> => {
    const at = began(port);
    const cause = world.failing;
    if (cause) {
      log(port, id, at, false);
      return readFailed({ cause, action: `test:Read-${port}`, item: id, message: cause });
    }
    const { value, good } = answer();
    log(port, id, at, good);
    return readOk(value, at);
  };
  const written = (port: 'claim' | 'note', id: string, status: string): boolean => {
    log(port, id, began(port), !world.claimLost, status);
    return !world.claimLost;
  };

  const deps: ExecuteDeps = {
    reads: {
      cluster: (name) =>
        read('cluster', name, () => ({
          value:
            world.cluster === 'gone'
              ? { found: false }
              : { found: true, name: CLUSTER, arn: '', status: world.cluster, vpcId: VPC_ID, createdAt: undefined },
          good: world.cluster === 'gone',
        })),
      trunk: (id) =>
        read('trunk', id, () => ({
          value: world.trunk === 'gone' ? { found: false } : { found: true, interface: trunkEni({ id, status: world.trunk }), raw: {} },
          good: world.trunk === 'gone',
        })),
      instance: (id) =>
        read('instance', id, () => ({
          value: world.instance === 'gone' ? { found: false } : { found: true, state: world.instance },
          good: world.instance === 'gone',
        })),
      interface: (id) =>
        read('interface', id, () => {
          const eni = world.interfaces.get(id);
          return {
            value: eni ? { found: true, interface: eni, raw: { NetworkInterfaceId: id } } : { found: false },
            good: eni?.status === 'available' && !Object.hasOwn(eni.tags, 'sgp-warden:keep'),
          };
        }),
    },
    remove: async (id) => {
      log('remove', id, began('remove'), true);
      const answer = world.answers.shift() ?? { kind: 'deleted' };
      if (answer.kind === 'deleted') {
        world.interfaces.delete(id);
        world.removed.push(id);
      }
      return answer;
    },
    journal: {
      claim: async ({ interfaceId }: PlannedDeletion): Promise<Claim> =>
        written('claim', interfaceId, 'claimed')
          ? { claimed: true, previous: world.previous }
          : { claimed: false, says: 'another run has it' },
      sighting: async (id) => {
        log('sighting', id, began('sighting'), world.seen);
        const eni = ENIS.find((each) => each.id === id) ?? branchEni();
        return sighting({ interfaceId: id, fingerprint: fingerprint(eni), count: world.seen ? 2 : 1 });
      },
      acceptance: async () => undefined,
      note: async (id, { status }) => {
        if (!written('note', id, status)) throw new Error(`the claim on ${id} was lost`);
      },
      forget: async () => undefined,
    },
    pace: { next: async () => deps.sleep(500), slowDown: () => undefined },
    clock: () => new Date(world.now),
    sleep: async (ms) => {
      log('sleep', '', began('sleep'), true);
      world.now += ms;
    },
    halt: () => world.halt,
  };
  return { world, deps };
}
