// What findings about sets of security groups show.
import * as v from 'valibot';
import { TEXTS } from './parts.ts';

const TEXT = v.string();
const COUNT = v.number();
const titled = <S extends v.GenericSchema>(schema: S, title: string) => v.pipe(schema, v.title(title));
const PROTOCOL = v.picklist(['tcp', 'udp']);
const SIDE = v.picklist(['egress', 'ingress']);

/** What every finding about a set shows of it. */
export const SET = {
  groups: titled(v.array(v.object({ id: TEXT, name: TEXT })), 'Security groups'),
  pods: titled(COUNT, 'Pods'),
  interfaces: titled(TEXTS, 'Interfaces of its pods'),
};

const END = v.object({ host: TEXT, address: v.optional(TEXT) });
const PACKET = v.object({ from: END, to: END, protocol: v.union([TEXT, COUNT]), port: v.optional(COUNT) });
const RULE = v.object({ id: TEXT, groupId: TEXT, says: TEXT });
const SHARE = v.object({ count: COUNT, some: TEXTS });
const EXTENT = v.object({ from: SHARE, to: SHARE });

const PROOF = v.object({
  protocol: v.union([TEXT, COUNT]),
  port: v.optional(COUNT),
  outcome: v.picklist(['open', 'blocked', 'some', 'unknown']),
  openedBy: v.array(v.object({ egress: RULE, ingress: RULE, packet: PACKET })),
  blockedBy: v.array(
    v.object({
      side: SIDE,
      groupIds: TEXTS,
      packet: PACKET,
      nearestMiss: v.optional(v.object({ ruleId: TEXT, misses: TEXTS, says: TEXT, refersTo: v.optional(TEXT) })),
    }),
  ),
  unsettled: TEXTS,
  open: v.optional(EXTENT),
  blocked: v.optional(EXTENT),
});

const CELL = v.object({
  protocol: PROTOCOL,
  port: v.union([COUNT, v.literal('any')]),
  open: v.union([v.boolean(), v.picklist(['some', 'unknown'])]),
  side: v.optional(v.picklist(['egress', 'ingress', 'both'])),
});

/** A setting that the proof rests on: when it changes, so may the verdict. */
const MODE = v.object({ mode: v.picklist(['strict', 'standard', 'unknown']), assumed: v.boolean(), says: TEXT });

/** A finding about a path that a set's pods need. */
export const PATH_EVIDENCE = v.object({
  ...SET,
  paths: titled(v.array(CELL), 'Paths'),
  proofs: v.optional(titled(v.array(PROOF), 'Proof')),
  counterpart: v.optional(titled(v.object({ label: TEXT, hosts: COUNT }), 'Other end')),
  mode: v.optional(titled(MODE, 'Enforcing mode')),
  probePorts: v.optional(titled(v.object({ ports: v.array(COUNT), says: TEXT }), 'Probed ports')),
  openPorts: v.optional(titled(v.record(TEXT, TEXT), 'Open ports')),
  terraform: v.optional(titled(v.pipe(TEXT, v.metadata({ language: 'hcl' })), 'The same as Terraform')),
  sideEffects: v.optional(titled(v.array(v.object({ label: TEXT, before: TEXT, after: TEXT })), 'What the fix changes besides')),
});

/** As DescribeSecurityGroupRules tells it. */
const REFERENCED = v.object({
  groupId: TEXT,
  userId: v.optional(TEXT),
  vpcId: v.optional(TEXT),
  vpcPeeringConnectionId: v.optional(TEXT),
  peeringStatus: v.optional(TEXT),
});

/** A finding about references of a set's rules. */
export const REFERENCE_EVIDENCE = v.object({
  ...SET,
  references: titled(v.array(v.object({ ruleId: TEXT, groupId: TEXT, says: TEXT, referenced: REFERENCED })), 'Rules that refer to it'),
});

/** A finding about the tags of a set's groups. */
export const TAG_EVIDENCE = v.object({ ...SET, tag: titled(TEXT, 'Tag'), tagged: titled(TEXTS, 'Groups that carry it') });
