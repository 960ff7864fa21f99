import { count, verb } from '../../content/words.ts';
import { PIN_EVIDENCE } from '../../domain/evidence/parts.ts';
import type { Holders, NetworkInterface, Slices } from '../../domain/inventory.ts';
import { describeFailure, type Read } from '../../domain/read.ts';
import { clusterOf } from '../../domain/tags.ts';
import type { Judgement, Subject } from '../../domain/verdict.ts';
import { proveAbandoned, proveTrunkAbandoned, standing } from '../../proof/orphan.ts';
import { seenTwice } from '../../proof/sightings.ts';
import { defineRule, type RuleContext } from '../define.ts';

export default defineRule({
  meta: {
    id: 'pinned-by-orphans',
    title: 'Security group, subnet or VPC that only orphans keep alive',
    severity: 'medium',
    states: ['suspect', 'orphan'],
    why: 'EC2 answers DependencyViolation while an interface holds a security group, subnet or VPC; where orphans are the only holders, deleting them is all that is missing.',
    remedy: 'Delete the orphans of the unlock set; then the security group, subnet or VPC can be deleted.',
  },
  topic: 'leftovers',
  leftover: 'pinned',
  evidence: PIN_EVIDENCE,
  needs: ['branchEnis', 'trunkEnis', 'clusters', 'trunks', 'instances', 'pins', 'sightings'],
  evaluate: (slices, context) => {
    const lists = leftovers(slices, context);
    return [
      ...Object.entries(slices.pins.securityGroups).map(([id, read]) => judge({ type: 'security-group', id }, read, lists)),
      ...Object.entries(slices.pins.subnets).map(([id, read]) => judge({ type: 'subnet', id }, read, lists)),
      ...Object.entries(slices.pins.vpcs).map(([id, read]) => judge({ type: 'vpc', id }, read, lists)),
    ];
  },
});

interface Leftover {
  eni: NetworkInterface;
  isTrunk: boolean;
  proven: boolean;
  isOrphan: boolean;
}

type Needed = Pick<Slices, 'branchEnis' | 'trunkEnis' | 'clusters' | 'trunks' | 'instances' | 'sightings'>;

/** Every available branch and trunk interface, and how far it is proven an orphan. */
function leftovers(slices: Needed, { target, minOrphanAgeMinutes }: RuleContext): Map<string, Leftover> {
  const stand = (eni: NetworkInterface, isTrunk: boolean): [string, Leftover] => {
    const proof = isTrunk ? proveTrunkAbandoned(eni, slices, target.accountId) : proveAbandoned(eni, slices, target.accountId);
    const seen = seenTwice(slices.sightings[eni.id], 'orphan', minOrphanAgeMinutes);
    const proven = standing(proof).standing === 'proven';
    return [eni.id, { eni, isTrunk, proven, isOrphan: proven && seen.outcome === 'holds' }];
  };
  return new Map([...slices.branchEnis.map((eni) => stand(eni, false)), ...slices.trunkEnis.map((eni) => stand(eni, true))]);
}

function judge(subject: Subject, read: Read<Holders>, lists: Map<string, Leftover>): Judgement {
  if (!read.ok) return { subject, verdict: 'unknown', summary: describeFailure(read.reason), evidence: {} };
  const holders = read.value;
  const held = holders.leftovers.flatMap((id) => lists.get(id) ?? []);
  const unproven = held.filter((each) => !each.proven);
  const cluster = [...new Set(held.flatMap((each) => clusterOf(each.eni)?.split('+') ?? []))].sort().join('+') || undefined;
  const also = alsoHeldBy(subject, holders);
  if (also) return { subject, cluster, verdict: 'pass', summary: also, evidence: { ...holders } };
  if (held.length === 0 || held.length < holders.leftovers.length) {
    return {
      subject,
      cluster,
      verdict: 'unknown',
      summary: 'its holders changed while they were read; look again',
      evidence: { ...holders },
    };
  }
  if (unproven.length > 0) {
    const summary = `also held by ${unproven.map((each) => each.eni.id).join(', ')}, not proven to be an orphan`;
    return { subject, cluster, verdict: 'unknown', summary, evidence: { ...holders } };
  }
  return { subject, cluster, ...pinned(subject, holders, held) };
}

/** What holds it besides leftovers, in words; undefined when nothing does. */
function alsoHeldBy(subject: Subject, { name, other, referencedBy }: Holders): string | undefined {
  if (subject.type === 'security-group' && name === 'default') return 'the default group of a VPC cannot be deleted anyway';
  if (other) return `also held by ${other.id} (${other.description || 'no description'}, ${other.status})`;
  return referencedBy.length > 0 ? `rules of ${referencedBy.join(', ')} refer to it as well` : undefined;
}

// Only interfaces (and, for a group, rules that refer to it) are read: a subnet or VPC may hold more than those.
const THEN: Partial<Record<Subject['type'], string>> = {
  'security-group': 'it can be deleted',
  subnet: 'no interface is left in it',
  vpc: 'no interface is left in it; its subnets, gateways and groups are not looked at',
};

function pinned(subject: Subject, holders: Holders, held: readonly Leftover[]) {
  const addressesReturned = held.reduce(
    (sum, { eni }) => sum + eni.privateIpAddresses.length + eni.ipv6Addresses.length + eni.prefixes.length,
    0,
  );
  const what = `${subject.type.replace('-', ' ')} ${subject.id}${holders.name ? ` (${holders.name})` : ''}`;
  const branches = held.filter((each) => !each.isTrunk).map((each) => each.eni.id);
  const trunks = held.filter((each) => each.isTrunk).map((each) => each.eni.id);
  const isOrphan = held.every((each) => each.isOrphan);
  const whose = isOrphan ? 'orphaned interface' : 'suspected interface';
  const summary = `only ${count(held.length, whose)} ${verb(held.length, 'keep')} ${what} from being deleted`;
  return {
    verdict: 'fail',
    state: isOrphan ? 'orphan' : 'suspect',
    summary,
    details: `${count(addressesReturned, 'address')} ${verb(addressesReturned, 'come')} back with ${held.length === 1 ? 'it' : 'them'}`,
    evidence: { name: holders.name, unlockSet: branches, trunks, addressesReturned },
    remedy: {
      summary: `Delete the ${count(held.length, 'interface')} of the unlock set; then ${THEN[subject.type]}.`,
      commands: [],
    },
  } as const;
}
