// Evidence is made by rules and kept in ledgers of other versions, so its shape is checked here, part by part: what is
// missing or of another shape is left out of the table, never a crash.
import * as v from 'valibot';
import type { Evidence } from '../../shared/model/verdict.ts';

const text = v.fallback(v.string(), '');
const texts = v.fallback(v.array(v.string()), []);
const number = v.fallback(v.number(), 0);

const PROOF = v.array(v.object({ point: text, outcome: text, says: text }));
const INTERFACE = v.object({ id: text, status: text, subnetId: text, availabilityZone: text, addresses: texts });
const BLOCKS = v.object({ securityGroups: texts, subnet: text, vpc: text });
const SIGHTINGS = v.object({ count: number, first: text, newest: text });
const PIN = v.object({ name: text, unlockSet: texts, trunks: texts, addressesReturned: number });
const GAP_ITEM = v.object({ item: text, code: text, message: text });
const GAP = v.object({ action: text, permission: text, cause: text, items: v.fallback(v.array(GAP_ITEM), []) });

const GROUPS = v.array(v.object({ id: text, name: text }));
const PATH = v.object({
  protocol: text,
  port: v.fallback(v.union([v.number(), v.string()]), ''),
  open: v.fallback(v.union([v.boolean(), v.string()]), 'unknown'),
});
const END = v.fallback(v.object({ host: text, address: text }), { host: '', address: '' });
const PACKET = v.fallback(v.object({ from: END, to: END }), { from: { host: '', address: '' }, to: { host: '', address: '' } });
const MISS = v.fallback(v.optional(v.object({ says: text })), undefined);
const SIDE = v.object({ side: text, groupIds: texts, packet: PACKET, nearestMiss: MISS });
const SHARE = v.object({ count: number });
const EXTENT = v.fallback(v.optional(v.object({ from: SHARE, to: SHARE })), undefined);
const PATH_PROOF = v.object({
  protocol: text,
  port: v.fallback(v.number(), 0),
  outcome: text,
  blockedBy: v.fallback(v.array(SIDE), []),
  open: EXTENT,
  blocked: EXTENT,
});
const SIDE_EFFECT = v.object({ label: text, before: text, after: text });

const read = <S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> | undefined => {
  const parsed = v.safeParse(schema, value);
  return parsed.success ? parsed.output : undefined;
};

export const proofOf = (evidence: Evidence) => read(PROOF, evidence.proof) ?? [];
export const interfaceOf = (evidence: Evidence) => read(INTERFACE, evidence.interface);
export const blocksOf = (evidence: Evidence) => read(BLOCKS, evidence.blocks);
export const sightingsOf = (evidence: Evidence) => read(SIGHTINGS, evidence.sightings);
export const pinOf = (evidence: Evidence) => read(PIN, evidence) ?? { name: '', unlockSet: [], trunks: [], addressesReturned: 0 };
export const gapOf = (evidence: Evidence) => read(GAP, evidence) ?? { action: '', permission: '', cause: '', items: [] };

/** What a judgement about a set of security groups says of the set and its paths. */
export const setOf = ({ groups, pods, paths, mode }: Evidence) => ({
  groups: read(GROUPS, groups) ?? [],
  pods: read(v.number(), pods) ?? 0,
  paths: read(v.array(PATH), paths) ?? [],
  mode: read(v.object({ says: text }), mode)?.says ?? '',
});
export const pathProofsOf = ({ proofs }: Evidence) => read(v.array(PATH_PROOF), proofs) ?? [];
export const fixOf = ({ terraform, sideEffects }: Evidence) => ({
  terraform: read(v.string(), terraform) ?? '',
  sideEffects: read(v.array(SIDE_EFFECT), sideEffects) ?? [],
});
