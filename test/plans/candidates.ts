import type { Finding } from '../../shared/domain/finding.ts';
import type { NetworkInterface } from '../../shared/domain/inventory.ts';
import type { Candidate, FoundCandidate, Guard, GuardContext, GuardVerdict, Plan } from '../../shared/plans/deletion.ts';
import { makePlan } from '../../shared/plans/make-plan.ts';
import { fingerprint } from '../../shared/proof/fingerprint.ts';
import { ACCOUNT_ID, AT, branchEni, CLUSTER, described, gone, INSTANCE_ID, REGION, sighting, TRUNK_ID } from '../support/interfaces.ts';

export const TARGET = { accountId: ACCOUNT_ID, region: REGION };

/** Settings that exclude nothing, and room for the next one. */
export const context = (changes: Partial<GuardContext> = {}): GuardContext => ({
  target: TARGET,
  minOrphanAgeMinutes: 30,
  exclusions: { clusters: [], vpcs: [] },
  position: 0,
  max: 100,
  ...changes,
});

/** A true orphan: every guard lets it through. */
export function orphan(changes: Partial<FoundCandidate> = {}): FoundCandidate {
  const eni = changes.eni ?? branchEni();
  return {
    interfaceId: eni.id,
    eni,
    clusters: { [CLUSTER]: gone() },
    trunks: { [TRUNK_ID]: gone() },
    instances: { [INSTANCE_ID]: gone() },
    sighting: sighting({ interfaceId: eni.id, fingerprint: fingerprint(eni) }),
    planned: { fingerprint: fingerprint(eni), since: sighting().first },
    ...changes,
  };
}

/** The same as a plan is given it. */
export const candidateOf = (eni: NetworkInterface, changes: Partial<Candidate> = {}): Candidate => ({
  ...orphan({ eni }),
  eni: described(eni),
  planned: undefined,
  ...changes,
});

export const findingOf = (eni: NetworkInterface, changes: Partial<Finding> = {}): Finding => ({
  id: `orphaned-branch-eni/${ACCOUNT_ID}/${REGION}/${CLUSTER}/${eni.id}`,
  ruleId: 'orphaned-branch-eni',
  ...{ topic: 'leftovers', leftover: 'branch' },
  severity: 'high',
  verdict: 'fail',
  state: 'orphan',
  subject: { type: 'network-interface', id: eni.id },
  cluster: CLUSTER,
  summary: `${eni.id} is left behind`,
  evidence: {},
  remedy: { summary: 'Delete it.', commands: [] },
  sightings: 2,
  firstSeen: '2026-11-20T17:30:00.000Z',
  ...changes,
});

/** The plan for these interfaces, all true orphans. */
export function planFor(enis: readonly NetworkInterface[], changes: Partial<GuardContext> = {}): Plan {
  const { position: _position, ...rest } = context(changes);
  return makePlan({
    context: rest,
    orphans: enis.map((eni) => ({ finding: findingOf(eni), candidate: candidateOf(eni) })),
    pinned: [],
    at: AT,
  });
}

/** What a guard says, as the tables print it: `allows`, or the reason. */
export const said = (guard: Guard, candidate: FoundCandidate, given: Partial<GuardContext> = {}): string => {
  const verdict: GuardVerdict = guard.judge(candidate, context(given));
  return verdict.allows ? 'allows' : verdict.reason;
};
