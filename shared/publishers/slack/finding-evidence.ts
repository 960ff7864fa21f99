import { dayOf, minuteOf } from '../../content/time.ts';
import type { FindingState, Target } from '../../model/finding.ts';
import type { Evidence } from '../../model/verdict.ts';
import { findingStory } from '../finding-story.ts';
import { leavesOf } from './leaves.ts';
import { usersAmong } from './people.ts';
import { heading, item, type Line, line } from './rich-text.ts';
import { stepLines } from './story-lines.ts';

/** All that the ledger keeps of a finding, the proof first. */
export function findingEvidence(state: FindingState, target: Target): { about: string; lines: Line[] } {
  const { finding, status, quiet, lastSeen, resolvedAt } = state;
  const { summary, severity, state: found, cluster, evidence, accepted } = finding;
  const { proof, ...others } = evidence;
  const people = usersAmong([accepted?.by, accepted?.owner]);
  const stands = [status, severity, ...(found ? [found] : []), ...(quiet ? ['not announced yet'] : [])].join(', ');
  return {
    about: finding.subject.id,
    lines: [
      line('', summary),
      line('Where', `${cluster ? `cluster ${cluster}, ` : ''}account ${target.accountId}, ${target.region}`),
      line('Status', `${stands}${resolvedAt ? `, resolved ${minuteOf(resolvedAt)}` : ''}`),
      line('Seen', `${finding.sightings}x since ${minuteOf(finding.firstSeen)}, last ${minuteOf(lastSeen)}`),
      ...(accepted
        ? [line('Accepted', `until ${dayOf(accepted.until)} for ${accepted.owner}, by ${accepted.by}: ${accepted.reason}`, people)]
        : []),
      ...underHeading('Proof, point by point:', pointLines(proof)),
      ...stepLines(stepsOf(state, target), []),
      ...underHeading('What was read:', readLines(others)),
      line('Finding', finding.id),
    ],
  };
}

/** A heading with what is below it, or nothing. */
export const underHeading = (says: string, lines: readonly Line[]): Line[] => (lines.length > 0 ? [heading(says), ...lines] : []);

const partOf = (value: unknown, key: string): string => {
  const part: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, key) : '';
  return typeof part === 'string' ? part : '';
};

const pointLines = (proof: unknown): Line[] =>
  (Array.isArray(proof) ? proof : []).map((each) => item(`${partOf(each, 'point')} ${partOf(each, 'outcome')}: ${partOf(each, 'says')}`));

const readLines = (evidence: Evidence): Line[] => leavesOf(evidence).map(([path, says]) => item(path ? `${path}: ${says}` : says));

/** As the message tells it: what is not proven yet has a remedy, but none for people. */
function stepsOf({ finding, status, lastSeen }: FindingState, target: Target) {
  const kind = status === 'resolved' ? 'resolved' : 'opened';
  const transition = { kind, findingId: finding.id, at: lastSeen, says: finding.summary } as const;
  return findingStory({ kind: 'transition', id: '', target, finding, transition }).steps;
}
