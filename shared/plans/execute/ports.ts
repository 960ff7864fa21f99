import type { Pace } from '../../aws/pacing.ts';
import type { Acceptance } from '../../domain/acceptance.ts';
import type { ClusterAnswer, InstanceAnswer, NetworkInterface, Sighting } from '../../domain/inventory.ts';
import type { Read } from '../../domain/read.ts';
import type { DeletionRecord, PlannedDeletion } from '../deletion.ts';
import type { DeleteAnswer } from './delete-interface.ts';

/** An interface with all that EC2 said of it, for the record. */
export type InterfaceRecord = { found: false } | { found: true; interface: NetworkInterface; raw: Readonly<Record<string, unknown>> };

/** One thing asked by itself, where only the service's exact code means "does not exist". */
export interface FreshReads {
  cluster(name: string): Promise<Read<ClusterAnswer>>;
  trunk(id: string): Promise<Read<InterfaceRecord>>;
  instance(id: string): Promise<Read<InstanceAnswer>>;
  interface(id: string): Promise<Read<InterfaceRecord>>;
}

export type Claim = { claimed: true; previous: DeletionRecord | undefined } | { claimed: false; says: string };

/** What a claim says of itself. */
export type Claimed = Pick<PlannedDeletion, 'interfaceId' | 'cluster' | 'findingId' | 'proof'>;

/** The ledger as an execution sees it. */
export interface Journal {
  /** Takes an interface for this worker alone, by one conditional write; a lease that ran out may be taken over. */
  claim(planned: Claimed): Promise<Claim>;
  /** The sightings as they are now: an audit beside this run may have ended them. */
  sighting(interfaceId: string): Promise<Sighting | undefined>;
  /** Who answers for a finding now: somebody may have said so since the plan was made. */
  acceptance(findingId: string): Promise<Acceptance | undefined>;
  /** Writes what happens to a claimed interface. Throws when the claim was lost: then nothing may be deleted. */
  note(interfaceId: string, changes: Pick<DeletionRecord, 'status' | 'says'> & Partial<Pick<DeletionRecord, 'interface'>>): Promise<void>;
  /** Ends the sightings of an interface that turned out to be something else. */
  forget(interfaceId: string): Promise<void>;
}

/** All that an execution needs of the world. */
export interface ExecuteDeps {
  reads: FreshReads;
  remove: (interfaceId: string) => Promise<DeleteAnswer>;
  journal: Journal;
  pace: Pace;
  clock: () => Date;
  sleep: (ms: number) => Promise<void>;
  /** Why to stop before the next interface: the time is short, or somebody pressed Ctrl-C. */
  halt: () => 'time' | 'interrupted' | undefined;
  onProgress?: ((done: number, total: number, says: string) => void) | undefined;
}
