// Findings as numbers, from what the ledger knows to be open: a read that failed neither adds nor takes away.
import { INTERFACE_EVIDENCE } from '../domain/evidence/parts.ts';
import { readEvidence } from '../domain/evidence/read.ts';
import type { Finding, FindingState } from '../domain/finding.ts';
import type { PathName } from '../domain/verdict.ts';
import type { Numbers } from './digest.ts';

/** Whether somebody answers for a finding at that time. */
export const isAccepted = ({ accepted }: Pick<Finding, 'accepted'>, at: Date): boolean =>
  accepted !== undefined && at.getTime() < Date.parse(accepted.until);

/** What is open and announced, whoever answers for it. */
export const openFindings = (states: Iterable<FindingState>): Finding[] =>
  [...states].flatMap(({ status, quiet, finding }) => (status === 'open' && !quiet ? [finding] : []));

export const isGap = ({ topic }: Pick<Finding, 'topic'>): boolean => topic === 'coverage';
const isBranch = ({ leftover }: Finding): boolean => leftover === 'branch';
export const isOrphan = (finding: Finding): boolean => isBranch(finding) && finding.state === 'orphan';
export const isSuspect = (finding: Finding): boolean => isBranch(finding) && finding.state === 'suspect';
/** Blocked towards every host; open to some only is another state. */
export const isBlockedSet = (path: PathName) => (finding: Finding) => finding.path === path && finding.state === 'blocked';

/** How many addresses an interface of a deleted cluster holds; 0 of anything else. */
export function addressesHeld(finding: Finding): number {
  return isBranch(finding) ? (readEvidence(INTERFACE_EVIDENCE, finding.evidence).interface?.addresses.length ?? 0) : 0;
}

export const sumOf = (findings: readonly Finding[], each: (finding: Finding) => number): number =>
  findings.reduce((sum, finding) => sum + each(finding), 0);

/** Findings, counted. Gaps are not among them: they say what is not known. */
export function numbersOf(findings: readonly Finding[], at: Date): Numbers {
  const known = findings.filter((finding) => !isGap(finding));
  const ours = known.filter((finding) => !isAccepted(finding, at));
  const count = (is: (finding: Finding) => boolean) => ours.filter(is).length;
  return {
    open: ours.length,
    orphans: count(isOrphan),
    suspects: count(isSuspect),
    addresses: sumOf(ours, addressesHeld),
    dnsSets: count(isBlockedSet('dns')),
    probeSets: count(isBlockedSet('probe')),
    accepted: known.length - ours.length,
  };
}
