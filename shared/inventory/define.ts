// What a slice says of itself. Order, coverage, IAM actions and what a narrowed audit read are derived from the list of slices.
import type { AwsClients } from '../aws/clients.ts';
import type { PodClusterAnswer } from '../domain/cluster.ts';
import type { Inventory, SliceName, Slices } from '../domain/inventory.ts';
import { type ItemReads, type Read, type ReadFailure, readFailed } from '../domain/read.ts';

/** What an audit asks for besides slices. Clusters narrow the paths only: leftovers are read whole, because half of a list makes false orphans. */
export interface CollectRequest {
  needs: ReadonlySet<SliceName>;
  /** Only these clusters; empty: all. */
  clusters: readonly string[];
  /** Groups that a setting says CoreDNS has. */
  corednsSecurityGroups: readonly string[];
  /** Interfaces of open findings; those that the lists do not show are asked for by id. */
  knownInterfaces: readonly string[];
  onProgress?: ((says: string) => void) | undefined;
}

/** What a slice reads with. */
export interface ReadContext {
  clients: AwsClients;
  clock: () => Date;
  request: CollectRequest;
  /** What this run asked EKS already: no cluster is asked for twice. */
  described: Map<string, Read<PodClusterAnswer>>;
}

type ItemSlice = { [S in SliceName]: Slices[S] extends ItemReads<infer _> ? S : never }[SliceName];

export interface Slice<N extends SliceName> {
  name: N;
  /** What is read, for a person: `available branch interfaces`. */
  reads: string;
  service: Exclude<keyof AwsClients, 'calls' | 'throttles'> | 'own';
  /** The IAM actions that reading it takes. */
  actions: readonly string[];
  /** Read before it. Where one of them failed or was not read, this one is not asked for. */
  after: readonly SliceName[];
  /** Read before it as well; what became of them is for `read` to weigh. */
  beside: readonly SliceName[];
  /** Never throws. */
  read(context: ReadContext, read: Inventory): Promise<Read<Slices[N]>>;
  /** What could not be read of a slice that holds an answer per item. */
  failures(value: Slices[N]): readonly ReadFailure[];
}

/** Any of them. */
export type AnySlice = { [N in SliceName]: Slice<N> }[SliceName];

type Stated<N extends SliceName> = Pick<Slice<N>, 'name' | 'reads' | 'service' | 'actions'> & {
  after?: readonly SliceName[];
  beside?: readonly SliceName[];
};

/** A slice that is read as a whole, or not at all. */
export function defineSlice<N extends SliceName>(slice: Stated<N> & { read: Slice<N>['read']; failures?: Slice<N>['failures'] }): Slice<N> {
  return { after: [], beside: [], failures: () => [], ...slice };
}

/** A slice that is read item by item, each with an answer of its own: one denied name does not blind a region. */
export function defineItemSlice<N extends ItemSlice>(
  slice: Stated<N> & { read: (context: ReadContext, read: Inventory) => Promise<Slices[N]> },
): Slice<N> {
  return {
    after: [],
    beside: [],
    ...slice,
    failures: itemFailures,
    read: async (context, read) => {
      const readAt = context.clock().toISOString();
      return { ok: true, value: await slice.read(context, read), readAt };
    },
  };
}

/** What could not be read of some items. */
export const itemFailures = (items: ItemReads<unknown>): ReadFailure[] =>
  Object.values(items).flatMap((read) => (read.ok ? [] : [read.reason]));

/** A slice that was not asked for, because one that it comes after failed: that one is the gap. */
export const notAsked = <T>(reason: ReadFailure): Read<T> => readFailed({ ...reason, cause: 'not-asked' });

/** What a slice was read to be; `none` where no rule needs it, or it failed. */
export const valueOr = <T>(read: Read<T> | undefined, none: T): T => (read?.ok ? read.value : none);
