// Findings as numbers, from what the ledger knows to be open: a read that failed neither adds nor takes away.
import type { Numbers } from '../model/daily.ts';
import type { Finding, FindingState } from '../model/finding.ts';

const GAP = 'coverage-gap';

/** Whether somebody answers for a finding at that time. */
export const isAccepted = ({ accepted }: Pick<Finding, 'accepted'>, at: Date): boolean =>
  accepted !== undefined && at.getTime() < Date.parse(accepted.until);

/** What is open and announced, whoever answers for it. */
export const openFindings = (states: Iterable<FindingState>): Finding[] =>
  [...states].flatMap(({ status, quiet, finding }) => (status === 'open' && !quiet ? [finding] : []));

export const isGap = ({ ruleId }: Pick<Finding, 'ruleId'>): boolean => ruleId === GAP;
const isBranch = ({ ruleId }: Finding): boolean => ruleId === 'orphaned-branch-eni';
export const isOrphan = (finding: Finding): boolean => isBranch(finding) && finding.state === 'orphan';
export const isSuspect = (finding: Finding): boolean => isBranch(finding) && finding.state === 'suspect';
/** Blocked towards every host; open to some only is another state. */
export const isBlockedSet = (ruleId: string) => (finding: Finding) => finding.ruleId === ruleId && finding.state === 'blocked';

/** How many addresses an interface of a deleted cluster holds; 0 of anything else. */
export function addressesHeld(finding: Finding): number {
  const shown: unknown = isBranch(finding) ? finding.evidence.interface : undefined;
  const addresses: unknown = typeof shown === 'object' && shown !== null ? Reflect.get(shown, 'addresses') : undefined;
  return Array.isArray(addresses) ? addresses.length : 0;
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
    dnsSets: count(isBlockedSet('dns-path-blocked')),
    probeSets: count(isBlockedSet('probe-path-blocked')),
    accepted: known.length - ours.length,
  };
}
