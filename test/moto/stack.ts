import { DescribeClusterCommand } from '@aws-sdk/client-eks';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deleteClusterEvent } from '../support/events.ts';
import { MOTO_REGION, type Moto } from '../support/moto.ts';
import * as seed from '../support/moto-account.ts';
import { deployToMoto, type MotoStack, type Received } from '../support/moto-stack.ts';

const HOUR = 60;

/** The packaged functions, from a DeleteCluster event to the certificates. */
export function stackScenario(moto: Moto): void {
  describe('the stack, when a cluster is deleted while its pods run', () => {
    let began: Date;
    const at = (minutes: number) => new Date(began.getTime() + minutes * 60_000);
    /** What arrived in the subscribed queue, by the minute after the deletion. */
    const arrived = new Map<number, readonly Received[]>();
    let stack: MotoStack;
    let branches: string[];
    let loadBalancer: string;
    let clusterGroup: string;
    let delayed: number;

    const sweep = async (minutes: number) => arrived.set(minutes, await stack.sweep(at(minutes)));
    const jsonAt = (minutes: number) => (arrived.get(minutes) ?? []).map(({ json }) => json);
    const everything = () => [...arrived.values()].flat().map(({ json }) => json);
    const byKind = (kind: string) => everything().filter((message) => message.kind === kind);
    const told = (messages: readonly Received['json'][]) =>
      messages
        .filter((message) => message.ruleId === 'orphaned-branch-eni')
        .map(({ transition, state, subject }) => ({ transition, state, subject }));
    const ofEachBranch = (transition: string, state: string) =>
      branches.map((id) => ({ transition, state, subject: expect.objectContaining({ type: 'network-interface', id }) }));

    beforeAll(async () => {
      const account = await seed.emptyAccount(moto);
      stack = await deployToMoto(moto);
      await seed.createCluster(account, 'shop');
      const { cluster } = await account.eks.send(new DescribeClusterCommand({ name: 'shop' }));
      clusterGroup = await seed.createSecurityGroup(account, 'eks-cluster-sg-shop');
      loadBalancer = await seed.createInterface(account, { description: 'ELB app/shop/0a1b2c3d', groups: [clusterGroup] });
      const node = await seed.startNode(account, 'shop');
      const pod = { cluster: 'shop', trunk: node.trunkId, instance: node.instanceId };
      branches = [await seed.createBranch(account, pod), await seed.createBranch(account, pod)].sort();
      const attachments = await Promise.all(branches.map((id) => seed.attach(account, node, id)));

      await seed.deleteCluster(account, 'shop');
      began = new Date();
      const network = { vpcId: account.vpcId, subnetIds: [account.subnetId], securityGroupIds: [], clusterSecurityGroupId: clusterGroup };
      const createdAt = Number(cluster?.createdAt) / 1000;
      const described = { arn: cluster?.arn, createdAt, resourcesVpcConfig: { ...network, endpointPublicAccess: true } };
      const event = deleteClusterEvent({ name: 'shop', region: MOTO_REGION, time: began.toISOString(), cluster: described });
      arrived.set(0, await stack.deliverEvent(event, at(0)));
      delayed = await stack.delayedMessages();

      await seed.terminateNode(account, node);
      for (const attachment of attachments) await seed.detach(account, attachment);
      for (const minutes of [15, 46, 90, 4 * HOUR, 25 * HOUR]) await sweep(minutes);
      for (let again = 1; again <= 10; again += 1) await sweep(25 * HOUR + again * 30);

      for (const id of [...branches, loadBalancer]) await seed.deleteInterface(account, id);
      await sweep(50 * HOUR);
      await sweep(51 * HOUR);
    });
    afterAll(() => stack?.stop());

    it('warns at once, in the queue that is subscribed to the topic', () => {
      expect(jsonAt(0)).toHaveLength(1);
      expect(jsonAt(0)[0]).toMatchObject({
        schemaVersion: 1,
        kind: 'warning',
        account: '123456789012',
        region: MOTO_REGION,
        cluster: 'shop',
        warning: { branchesInUse: 2, branchesAvailable: 0, principal: 'arn:aws:sts::123456789012:assumed-role/platform/anna' },
      });
    });

    it('has a look 15 minutes later waiting in the audit queue', () => {
      expect(delayed).toBe(1);
    });

    it('announces each interface as a suspect when its node is gone, and as an orphan when it was seen again 31 minutes later', () => {
      expect(told(jsonAt(15))).toEqual(expect.arrayContaining(ofEachBranch('opened', 'suspect')));
      expect(told(jsonAt(46))).toEqual(expect.arrayContaining(ofEachBranch('changed', 'orphan')));
      expect([told(jsonAt(15)), told(jsonAt(46))].map(({ length }) => length)).toEqual([2, 2]);
    });

    it('lets a subscription filter them', () => {
      const { attributes } = arrived.get(46)?.find(({ json }) => json.ruleId === 'orphaned-branch-eni') ?? { attributes: {} };
      expect(Object.keys(attributes)).toEqual(expect.arrayContaining(['severity', 'ruleId', 'account', 'region', 'cluster', 'transition']));
    });

    it('says nothing new at the next looks, until the certificate', () => {
      expect([jsonAt(90), jsonAt(4 * HOUR)]).toEqual([[], []]);
    });

    it('certifies after a day what is left and what that blocks, also what is not its own to delete', () => {
      const branch = (id: string) => expect.objectContaining({ id, kind: 'branch-interface', ours: true, state: 'orphan' });
      const blocks = expect.objectContaining({ securityGroups: [clusterGroup] });
      const notOurs = expect.objectContaining({ id: loadBalancer, kind: 'load-balancer-interface', ours: false, blocks });
      const leftovers = expect.arrayContaining([...branches.map(branch), notOurs]);
      const certificate = { outcome: 'leftovers', leftoverCount: 3, leftovers };
      expect(jsonAt(25 * HOUR)).toMatchObject([{ kind: 'certificate', cluster: 'shop', certificate }]);
    });

    it('says nothing in ten more runs that find the same', () => {
      const repeated = Array.from({ length: 10 }, (_, again) => jsonAt(25 * HOUR + (again + 1) * 30));
      expect(repeated).toEqual(Array.from({ length: 10 }, () => []));
    });

    it('resolves what was deleted by hand, and certifies that nothing is left', () => {
      expect(told(jsonAt(50 * HOUR)).map(({ transition }) => transition)).toEqual(['resolved', 'resolved']);
      const certificates = jsonAt(50 * HOUR).filter(({ kind }) => kind === 'certificate');
      expect(certificates).toMatchObject([{ certificate: { outcome: 'clean', leftoverCount: 0, leftovers: [] } }]);
      expect(jsonAt(51 * HOUR)).toEqual([]);
    });

    it('tells everything once, each message with an id and the version of its schema', () => {
      const ids = everything().map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(everything().map(({ schemaVersion }) => schemaVersion)).toEqual(ids.map(() => 1));
      expect([byKind('warning').length, byKind('certificate').length]).toEqual([1, 2]);
      expect(told(byKind('transition'))).toHaveLength(6);
    });

    it('reads everything in every run, and fails none', () => {
      const audits = stack.log.filter((line) => line.includes('"message":"audited"'));
      expect(audits).toHaveLength(arrived.size - 1);
      expect(audits.filter((line) => !line.includes('"gaps":[]'))).toEqual([]);
      expect(stack.log.filter((line) => /RunFailures|PublisherFailures|BadEvents|ForeignEvents|"level":"error"/.test(line))).toEqual([]);
    });
  });
}
