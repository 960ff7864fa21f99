import type { GuardContext } from '../../../shared/plans/deletion.ts';
import { execute } from '../../../shared/plans/execute/execute.ts';
import { context, planFor } from '../candidates.ts';
import { type Answered, ENIS, type FakeWorld, fakeWorld } from './fake-world.ts';

export const IDS = ENIS.map((eni) => eni.id);
export const [FIRST = '', SECOND = ''] = IDS;

/** A cleanup of the nine orphans; `turn` happens before every answer of the world. */
export async function run(turn?: (world: FakeWorld, port: Answered['port']) => void, changes: Partial<GuardContext> = {}) {
  const { world, deps } = fakeWorld(turn);
  const execution = await execute(deps, planFor(ENIS), context(changes));
  return { world, ...execution, statuses: execution.outcomes.map((outcome) => outcome.status) };
}
/** Whom it asked, in order. */
export const ports = (world: FakeWorld) => world.log.filter((each) => each.port !== 'sleep').map((each) => each.port);
/** What it wrote of one interface. */
export const notesOf = (world: FakeWorld, id: string) =>
  world.log.filter((each) => each.port === 'note' && each.id === id).map((each) => each.status);
