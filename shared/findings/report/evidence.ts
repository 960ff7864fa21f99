// What the evidence of findings shows, by the schemas of the rules.
import { GAP_EVIDENCE, INTERFACE_EVIDENCE, PIN_EVIDENCE } from '../../domain/evidence/parts.ts';
import { PATH_EVIDENCE } from '../../domain/evidence/paths.ts';
import { readEvidence } from '../../domain/evidence/read.ts';
import type { Evidence } from '../../domain/verdict.ts';

export const pointsOf = (evidence: Evidence) => readEvidence(INTERFACE_EVIDENCE, evidence).proof ?? [];
export const interfaceOf = (evidence: Evidence) => readEvidence(INTERFACE_EVIDENCE, evidence).interface;
export const blocksOf = (evidence: Evidence) => readEvidence(INTERFACE_EVIDENCE, evidence).blocks;
export const sightingsOf = (evidence: Evidence) => readEvidence(INTERFACE_EVIDENCE, evidence).sightings;

export function pinOf(evidence: Evidence) {
  const { name = '', unlockSet = [], trunks = [], addressesReturned = 0 } = readEvidence(PIN_EVIDENCE, evidence);
  return { name, unlockSet, trunks, addressesReturned };
}

export function gapOf(evidence: Evidence) {
  const { action = '', permission = '', cause = '', items = [] } = readEvidence(GAP_EVIDENCE, evidence);
  return { action, permission, cause, items };
}

/** What a judgement about a set of security groups says of the set and its paths. */
export function setOf(evidence: Evidence) {
  const { groups = [], pods = 0, paths = [], mode } = readEvidence(PATH_EVIDENCE, evidence);
  return { groups, pods, paths, mode: mode?.says ?? '' };
}

export const pathProofsOf = (evidence: Evidence) => readEvidence(PATH_EVIDENCE, evidence).proofs ?? [];

export function fixOf(evidence: Evidence) {
  const { terraform = '', sideEffects = [] } = readEvidence(PATH_EVIDENCE, evidence);
  return { terraform, sideEffects };
}
