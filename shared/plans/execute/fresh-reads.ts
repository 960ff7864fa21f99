import type { AwsClients } from '../../aws/clients.ts';
import { collectInstance } from '../../inventory/ec2/instances.ts';
import { collectInterfaceRecord } from '../../inventory/ec2/interfaces-by-id.ts';
import { collectCluster } from '../../inventory/eks/clusters.ts';
import type { FreshReads } from './ports.ts';

/** Each thing asked by itself, right before a deletion: only the service's exact code says that it does not exist. */
export const freshReads = ({ ec2, eks }: AwsClients, clock: () => Date): FreshReads => ({
  cluster: (name) => collectCluster(eks, name, clock),
  trunk: (id) => collectInterfaceRecord(ec2, id, clock),
  instance: (id) => collectInstance(ec2, id, clock),
  interface: (id) => collectInterfaceRecord(ec2, id, clock),
});
