import type { Sandbox } from './index.ts';

/** How far the story moves the clock. */
export const STORY_MINUTES = 180;

/** A ready account: `payments` lives; `checkout` was deleted while its pods ran, and what they left pins their security group. */
export function tellStory({ world, clock }: Pick<Sandbox, 'world' | 'clock'>): void {
  const here = world();
  const vpc = here.createVpc({ tags: { Name: 'production' } });
  const subnetIds = [0, 1].map((index) => here.createSubnet({ vpcId: vpc.id, tags: { Name: `pods-${index}` } }).id);
  const database = here.createSecurityGroup({ vpcId: vpc.id, name: 'checkout-database-clients' });
  const cards = here.createSecurityGroup({ vpcId: vpc.id, name: 'payments-card-vault-clients' });

  here.createCluster('payments', { subnetIds });
  for (const node of here.addNodegroup('payments', 'general', 2)) {
    here.addPod(node.instanceId, { name: 'card-api', namespace: 'payments', securityGroups: [cards.id] });
  }
  here.addLambdaInterface('nightly-report');

  here.createCluster('checkout', { subnetIds });
  const node = here.addNode('checkout');
  for (const name of ['cart', 'orders', 'invoices']) {
    here.addPod(node.instanceId, { name, namespace: 'checkout', securityGroups: [database.id] });
  }
  clock.advance(60);
  here.deleteCluster('checkout');
  clock.advance(10);
  here.terminateNode(node.instanceId);
  clock.advance(STORY_MINUTES - 70);
}
