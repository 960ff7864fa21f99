import { count, verb } from '../content/words.ts';
import type { ClusterAnswer, NetworkInterface } from '../domain/inventory.ts';
import type { Read } from '../domain/read.ts';
import type { ClusterInstance, PreflightOutcome, PreflightReport } from './preflight-report.ts';
import { preflightSteps } from './steps.ts';

/** What preflight reads of one cluster. */
export interface ClusterFacts {
  cluster: Read<ClusterAnswer>;
  branches: Read<readonly NetworkInterface[]>;
  trunks: Read<readonly NetworkInterface[]>;
  nodegroups: Read<readonly string[]>;
  fargateProfiles: Read<readonly string[]>;
  instances: Read<readonly ClusterInstance[]>;
}

export type Forecast = Pick<PreflightReport, 'outcome' | 'summary' | 'leftBehind' | 'deleteFirst' | 'outliving' | 'steps'>;

const readOrNone = <T>(read: Read<readonly T[]>): readonly T[] => (read.ok ? read.value : []);
const idsOf = (enis: readonly NetworkInterface[]) => enis.map((eni) => eni.id);
const distinct = (values: readonly string[]) => [...new Set(values)].sort();

/** What deleting the cluster now would leave behind, and how to avoid it. A read that failed makes the outcome unknown. */
export function foresee(name: string, region: string, facts: ClusterFacts): Forecast {
  const branches = readOrNone(facts.branches);
  const trunks = readOrNone(facts.trunks).filter((trunk) => trunk.status === 'available');
  const leftBehind = {
    branchesInUse: idsOf(branches.filter((eni) => eni.status !== 'available')),
    branchesAvailable: idsOf(branches.filter((eni) => eni.status === 'available')),
    trunks: idsOf(trunks),
    ipAddresses: [...branches, ...trunks].reduce((sum, eni) => sum + eni.privateIpAddresses.length + eni.ipv6Addresses.length, 0),
    securityGroups: distinct([...branches, ...trunks].flatMap((eni) => eni.groups.map((group) => group.id))),
    subnets: distinct([...branches, ...trunks].map((eni) => eni.subnetId)),
  };
  const deleteFirst = [
    ...readOrNone(facts.nodegroups).map((nodegroup) => `node group ${nodegroup}`),
    ...readOrNone(facts.fargateProfiles).map((profile) => `Fargate profile ${profile}`),
  ];
  const outliving = readOrNone(facts.instances)
    .filter((instance) => instance.nodegroup === undefined && !instance.managed)
    .map((instance) => instance.id);
  const outcome = outcomeOf(facts, branches.length + trunks.length);
  const summary = summarise(name, outcome, leftBehind, facts);
  return {
    outcome,
    summary,
    leftBehind,
    deleteFirst,
    outliving,
    steps: preflightSteps(name, region, outcome, { leftBehind, deleteFirst, outliving }),
  };
}

function outcomeOf(facts: ClusterFacts, leftovers: number): PreflightOutcome {
  // A failed read first: "nothing is left" must not be the answer of a read that was denied.
  if (!Object.values(facts).every((read) => read.ok)) return 'unknown';
  if (facts.cluster.ok && !facts.cluster.value.found) return 'no-such-cluster';
  return leftovers > 0 ? 'leaves-behind' : 'clean';
}

function summarise(name: string, outcome: PreflightOutcome, left: Forecast['leftBehind'], { cluster }: ClusterFacts): string {
  const [inUse, idle, trunks] = [left.branchesInUse.length, left.branchesAvailable.length, left.trunks.length];
  const found = `${count(inUse, 'branch interface')} ${verb(inUse, 'serve')} pods, ${idle} ${verb(idle, 'wait')} for the controller, ${count(trunks, 'trunk interface')} ${verb(trunks, 'be')} detached`;
  switch (outcome) {
    case 'no-such-cluster':
      return inUse + idle === 0
        ? `There is no cluster ${name}, and no branch interface names it.`
        : `There is no cluster ${name}; ${count(inUse + idle, 'branch interface')} still ${verb(inUse + idle, 'name')} it. Run: sgp-warden audit --cluster ${name}`;
    case 'unknown':
      return 'Not everything could be read, so nothing is promised: close the gaps and ask again. What is listed below is incomplete.';
    case 'clean':
      return `Deleting ${name} now leaves no branch or trunk interface behind.`;
    case 'leaves-behind': {
      const deleting = cluster.ok && cluster.value.found && cluster.value.status === 'DELETING';
      return `${deleting ? `${name} is being deleted already` : `Deleting ${name} now can leave interfaces behind`}: ${found}.`;
    }
  }
}
