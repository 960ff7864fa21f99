import type { LedgerChange } from '../../shared/ledger/store.ts';
import { teardownKey } from '../../shared/teardowns/record.ts';
import type { Certificate, DeletedCluster, DeletionWarning, Leftover, Teardown, TeardownState } from '../../shared/teardowns/teardown.ts';
import { time } from './builders.ts';

export const deletedCluster = (changes: Partial<DeletedCluster> = {}): DeletedCluster => ({
  name: 'blue',
  arn: 'arn:aws:eks:eu-west-1:111122223333:cluster/blue',
  createdAt: time(-9_000),
  vpcId: 'vpc-1',
  subnetIds: ['subnet-1', 'subnet-2'],
  clusterSecurityGroupId: 'sg-1',
  roleArn: 'arn:aws:iam::111122223333:role/blue',
  ...changes,
});

export const leftover = (changes: Partial<Leftover> = {}): Leftover => ({
  id: 'eni-1',
  kind: 'branch-interface',
  status: 'available',
  description: 'aws-k8s-branch-eni',
  ours: true,
  state: 'orphan',
  says: 'its cluster is gone',
  blocks: { securityGroups: ['sg-2'], subnet: 'subnet-1', vpc: 'vpc-1' },
  ...changes,
});

export const certificate = (changes: Partial<Certificate> = {}): Certificate => ({
  outcome: 'leftovers',
  at: time(40),
  cluster: deletedCluster(),
  leftovers: [leftover()],
  says: 'one interface is left of blue',
  ...changes,
});

export const warning = (changes: Partial<DeletionWarning> = {}): DeletionWarning => ({
  at: time(1),
  cluster: deletedCluster(),
  principal: 'role/deployer',
  branchesInUse: 3,
  branchesAvailable: 0,
  says: 'three branch interfaces are about to be orphaned',
  advice: ['delete the pods first'],
  ...changes,
});

export const teardown = (changes: Partial<Teardown> = {}): Teardown => ({
  cluster: deletedCluster(),
  openedBy: 'event',
  openedAt: time(0),
  status: 'open',
  rung: 0,
  notBefore: time(15),
  seen: [],
  ...changes,
});

export const teardownState = (changes: Partial<TeardownState> = {}): TeardownState => ({ teardown: teardown(), pending: [], ...changes });

/** The write of a teardown's state. */
export const putTeardown = (ifVersion: number, changes: Partial<TeardownState> = {}) => {
  const body = { kind: 'teardown', state: teardownState(changes) } as const;
  return { key: teardownKey(body.state.teardown.cluster), ifVersion, body } satisfies LedgerChange;
};
