// What a change must look like wherever it comes back from: the audit queue and the ledger.
import * as v from 'valibot';
import type { Actor, Change, ChangedPeer, ChangedRule, ChangedThing } from '../model/change.ts';

const TEXT = v.pipe(v.string(), v.nonEmpty());
const MAYBE = v.nullable(v.string());
const PORT = v.nullable(v.pipe(v.number(), v.safeInteger()));

const ACTOR: v.GenericSchema<Actor> = v.object({
  principal: TEXT,
  session: MAYBE,
  role: MAYBE,
  invokedBy: MAYBE,
  tool: TEXT,
  sourceAddress: MAYBE,
});

const PEER: v.GenericSchema<ChangedPeer> = v.variant('kind', [
  v.object({ kind: v.literal('cidr-ipv4'), cidr: TEXT }),
  v.object({ kind: v.literal('cidr-ipv6'), cidr: TEXT }),
  v.object({ kind: v.literal('prefix-list'), id: TEXT }),
  v.object({ kind: v.literal('group'), groupId: TEXT, userId: MAYBE }),
]);

const RULE: v.GenericSchema<ChangedRule> = v.object({
  id: MAYBE,
  groupId: v.string(),
  isEgress: v.nullable(v.boolean()),
  ipProtocol: TEXT,
  fromPort: PORT,
  toPort: PORT,
  peer: PEER,
  description: MAYBE,
});

const THING: v.GenericSchema<ChangedThing> = v.variant('kind', [
  v.object({ kind: v.picklist(['rules-authorized', 'rules-revoked']), isEgress: v.boolean(), rules: v.array(RULE) }),
  v.object({ kind: v.literal('rules-modified'), rules: v.array(RULE) }),
  v.object({ kind: v.literal('group-deleted') }),
  v.object({ kind: v.picklist(['vpc-associated', 'vpc-disassociated']), vpcId: MAYBE }),
  v.object({ kind: v.literal('interface-groups'), groupIds: v.array(TEXT) }),
  v.object({ kind: v.literal('addon'), addon: TEXT, configurationValues: MAYBE }),
]);

export const CHANGE: v.GenericSchema<Change> = v.object({
  id: TEXT,
  at: v.pipe(v.string(), v.isoTimestamp()),
  call: TEXT,
  actor: ACTOR,
  groupIds: v.array(TEXT),
  interfaceIds: v.array(TEXT),
  cluster: MAYBE,
  what: THING,
});
