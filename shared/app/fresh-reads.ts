import type { FreshReads } from '../cleanup/ports.ts';
import type { AwsClients } from '../inventory/clients.ts';
import { collectCluster } from '../inventory/clusters.ts';
import { collectInstance } from '../inventory/instances.ts';
import { collectInterfaceRecord } from '../inventory/trunks.ts';

/** Each thing asked by itself, right before a deletion: only the service's exact code says that it does not exist. */
export const freshReads = ({ ec2, eks }: AwsClients, clock: () => Date): FreshReads => ({
  cluster: (name) => collectCluster(eks, name, clock),
  trunk: (id) => collectInterfaceRecord(ec2, id, clock),
  instance: (id) => collectInstance(ec2, id, clock),
  interface: (id) => collectInterfaceRecord(ec2, id, clock),
});
