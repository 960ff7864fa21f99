import { fact, items, section } from '../content/blocks.ts';
import { auditCommand } from '../content/command-line.ts';
import type { Dossier } from '../content/document.ts';
import { dayOf, minuteOf } from '../content/time.ts';
import type { FindingState, Target } from '../domain/finding.ts';
import { FINDING_NEWS } from './content.ts';
import { allEvidence, pointsOf } from './evidence.ts';

/** All that the ledger keeps of a finding, the proof first. */
export function findingDossier(state: FindingState, target: Target): Dossier {
  const { finding, status, quiet, lastSeen, resolvedAt } = state;
  const { summary, details, severity, state: found, cluster, evidence, accepted } = finding;
  const stands = [status, severity, ...(found ? [found] : []), ...(quiet ? ['not announced yet'] : [])].join(', ');
  // As its message says it: what is not proven yet has a remedy, but none for people.
  const kind = status === 'resolved' ? 'resolved' : 'opened';
  const transition = { kind, findingId: finding.id, at: lastSeen, says: summary } as const;
  return {
    about: finding.subject.id,
    blocks: [
      { kind: 'paragraph', text: summary },
      ...fact('details', 'Details', details),
      ...fact('where', 'Where', `${cluster ? `cluster ${cluster}, ` : ''}account ${target.accountId}, ${target.region}`),
      ...fact('status', 'Status', `${stands}${resolvedAt ? `, resolved ${minuteOf(resolvedAt)}` : ''}`),
      ...fact('seen', 'Seen', `${finding.sightings}x since ${minuteOf(finding.firstSeen)}, last ${minuteOf(lastSeen)}`),
      ...fact(
        'accepted',
        'Accepted',
        accepted && `until ${dayOf(accepted.until)} for ${accepted.owner}, by ${accepted.by}: ${accepted.reason}`,
      ),
      ...fact('id', 'Finding', finding.id),
      ...section('proof', 'Proof, point by point', items('points', pointsOf(evidence))),
      ...allEvidence(finding, ['proof']),
    ],
    steps: FINDING_NEWS.content({ kind: 'transition', id: '', target, finding, transition }).steps,
    people: accepted ? [accepted.by, accepted.owner] : [],
    // The ledger of a finding is not known here.
    commands: auditCommand(target.region, cluster),
  };
}
