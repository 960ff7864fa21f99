// The parts that evidence is made of. The title of a part is what people read; `detail` says how soon.
import * as v from 'valibot';

const TEXT = v.string();

export const TEXTS = v.array(TEXT);
const titled = <S extends v.GenericSchema>(schema: S, title: string) => v.pipe(schema, v.title(title));

/** What holds and what is still missing, point by point. */
const PROOF = titled(
  v.array(v.object({ point: TEXT, outcome: v.picklist(['holds', 'fails', 'waits', 'undecidable', 'unread']), says: TEXT })),
  'Proof',
);

const INTERFACE = titled(
  v.object({
    id: TEXT,
    status: TEXT,
    subnetId: TEXT,
    vpcId: TEXT,
    availabilityZone: TEXT,
    addresses: TEXTS,
    securityGroups: v.array(v.object({ id: TEXT, name: TEXT })),
  }),
  'Interface',
);

/** What EC2 refuses to delete while the interface exists. */
const BLOCKS = titled(v.object({ securityGroups: TEXTS, subnet: TEXT, vpc: TEXT }), 'What it blocks');
const SIGHTINGS = titled(v.object({ count: v.number(), first: TEXT, newest: TEXT }), 'Seen');

/** A finding about an interface. */
export const INTERFACE_EVIDENCE = v.object({ proof: PROOF, interface: INTERFACE, blocks: BLOCKS, sightings: v.optional(SIGHTINGS) });

/** The same of one whose tags do not say whose it is. */
export const UNATTRIBUTABLE_EVIDENCE = v.object({ ...INTERFACE_EVIDENCE.entries, missing: titled(TEXTS, 'What its tags lack') });

/** A group, subnet or VPC, and the interfaces that hold it. */
export const PIN_EVIDENCE = v.object({
  name: titled(TEXT, 'Name'),
  unlockSet: titled(TEXTS, 'Branch interfaces that hold it'),
  trunks: titled(TEXTS, 'Trunk interfaces that hold it'),
  addressesReturned: titled(v.number(), 'Addresses that come back'),
});

/** A slice that could not be read. */
export const GAP_EVIDENCE = v.object({
  action: titled(TEXT, 'Action'),
  permission: titled(v.optional(TEXT), 'Missing permission'),
  cause: titled(TEXT, 'Cause'),
  items: titled(v.array(v.object({ item: v.optional(TEXT), code: v.optional(TEXT), message: TEXT })), 'Answers missing'),
});
