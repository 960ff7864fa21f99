// What messages say of a finding's evidence, by the schemas that rules declare for it.

import type { Block } from '../content/document.ts';
import { evidenceBlocks } from '../content/evidence.ts';
import { INTERFACE_EVIDENCE, PIN_EVIDENCE } from '../domain/evidence/parts.ts';
import { readEvidence, titlesOf } from '../domain/evidence/read.ts';
import type { Finding } from '../domain/finding.ts';
import type { Evidence, ProofPoint } from '../domain/verdict.ts';
import { ruleOf } from '../rules/find.ts';

// What every interface that is worth a message fulfils: true, and no news.
const OBVIOUS = new Set(['controller-owned', 'own-account', 'status-available', 'not-managed']);
const MOST_LINES = 3;

/** What the deciding points of a proof say: those that hold, and those that are still missing. */
export function proofOf(evidence: Evidence): { known: string[]; missing: string[] } {
  const points = (readEvidence(INTERFACE_EVIDENCE, evidence).proof ?? []).filter(({ point, says }) => says !== '' && !OBVIOUS.has(point));
  const [known, missing] = [true, false].map((holds) =>
    points.filter(({ outcome }) => (outcome === 'holds') === holds).map(({ says }) => says),
  );
  return { known: known ?? [], missing: missing ?? [] };
}

/** What EC2 refuses to delete while the interface exists. */
export function blockedBy(evidence: Evidence): string[] {
  const { blocks } = readEvidence(INTERFACE_EVIDENCE, evidence);
  return blocks ? [...blocks.securityGroups, blocks.subnet, blocks.vpc].filter(Boolean) : [];
}

/** The interfaces that keep a security group, subnet or VPC from being deleted. */
export function holdersOf(evidence: Evidence): string[] {
  const { unlockSet = [], trunks = [] } = readEvidence(PIN_EVIDENCE, evidence);
  return [...unlockSet, ...trunks];
}

/** Every point of a proof. */
export const pointsOf = (evidence: Evidence): string[] => (readEvidence(INTERFACE_EVIDENCE, evidence).proof ?? []).map(pointText);

export const pointText = ({ point, outcome, says }: ProofPoint): string => `${point} ${outcome}: ${says}`;

/** All of the evidence but what is left out, under the titles that the rule gives its parts. */
export const allEvidence = ({ ruleId, evidence }: Finding, without: readonly string[], most?: number): Block[] => {
  const rest = Object.fromEntries(Object.entries(evidence).filter(([key]) => !without.includes(key)));
  const rule = ruleOf(ruleId);
  return evidenceBlocks(rest, rule ? titlesOf(rule.evidence) : new Map(), most);
};

// A message says these in words of its own, or they are to be copied, which an audit prints.
const SAID = ['proof', 'blocks', 'unlockSet', 'trunks', 'terraform'];

/** The first lines of the evidence, for a message. */
export const someEvidence = (finding: Finding): Block[] => allEvidence(finding, SAID, MOST_LINES);
