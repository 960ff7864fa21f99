import { describe, expect, it } from '@jest/globals';
import { readOk } from '../../shared/domain/read.ts';
import { certify, type TeardownFacts } from '../../shared/teardowns/certificate.ts';
import { beginTeardown } from '../../shared/teardowns/ladder.ts';
import { AT, branchEni, CLUSTER, denied, described, eniId, found, gone, trunkEni, VPC_ID } from '../support/interfaces.ts';

const CREATED = '2026-03-01T09:00:00.000Z';
const cluster = {
  name: CLUSTER,
  arn: undefined,
  createdAt: CREATED,
  vpcId: VPC_ID as string | undefined,
  subnetIds: [],
  clusterSecurityGroupId: undefined,
  roleArn: undefined,
};
const teardown = beginTeardown(cluster, 'event', '2026-11-20T17:00:00.000Z', []);
const facts = (changes: Partial<TeardownFacts> = {}): TeardownFacts => ({
  cluster: gone(),
  leftovers: readOk([], AT),
  absentees: {},
  judged: () => undefined,
  ...changes,
});
const certified = (changes: Partial<TeardownFacts>, of = teardown) => {
  const certification = certify(of, facts(changes), AT);
  return certification.ok
    ? [certification.certificate.outcome, certification.certificate.leftovers.map((each) => each.id)]
    : certification.undecided;
};

describe('certify', () => {
  it('is clean when the cluster is gone and nothing is left', () => {
    expect(certified({})).toEqual(['clean', []]);
  });

  it('lists every leftover, ours or not', () => {
    const loadBalancer = branchEni({ id: eniId(7), description: 'ELB app/k8s-shop/0123456789abcdef', status: 'in-use', tags: {} });
    const certification = certify(
      teardown,
      facts({ leftovers: readOk([branchEni(), trunkEni({ status: 'in-use' }), loadBalancer], AT) }),
      AT,
    );
    expect(certification).toMatchObject({
      ok: true,
      certificate: {
        outcome: 'leftovers',
        leftovers: [
          { kind: 'branch-interface', ours: true, state: 'undecided' },
          { kind: 'trunk-interface', ours: true, state: 'in-use' },
          { kind: 'load-balancer-interface', ours: false, state: undefined, says: expect.stringContaining('delete the load balancer') },
        ],
      },
    });
  });

  it('is undecided, never clean, when anything could not be read', () => {
    expect(certified({ leftovers: denied('ec2:DescribeNetworkInterfaces') })).toContain('ec2:DescribeNetworkInterfaces');
    expect(certified({ cluster: denied('eks:DescribeCluster') })).toContain('eks:DescribeCluster');
    expect(certified({ absentees: { [eniId(1)]: denied('ec2:DescribeNetworkInterfaces') } })).toContain('ec2:DescribeNetworkInterfaces');
  });

  it('absent is not gone: what was listed before and still answers is left', () => {
    expect(certified({ absentees: { [eniId(1)]: described(branchEni({ tags: {} })) } })).toEqual(['leftovers', [eniId(1)]]);
    expect(certified({ absentees: { [eniId(1)]: gone() } })).toEqual(['clean', []]);
  });

  it('is not clean while the cluster is DELETING', () => {
    expect(certified({ cluster: found({ status: 'DELETING', createdAt: CREATED }) })).toEqual(['leftovers', []]);
  });

  it('is superseded by a newer cluster of that name in the same VPC', () => {
    expect(certified({ cluster: found({ createdAt: '2026-11-20T17:30:00.000Z' }) })[0]).toBe('superseded');
    expect(certified({ cluster: found({ createdAt: '2026-11-20T17:30:00.000Z', vpcId: undefined }) })[0]).toBe('superseded');
    expect(certified({ cluster: found({ createdAt: '2026-03-01T09:00:00.400Z' }) })[0]).toBe('leftovers');
  });

  it('takes a cluster of that name in another VPC for a different one', () => {
    expect(
      certified({
        cluster: found({ vpcId: 'vpc-0fffffffffffffff0' }),
        leftovers: readOk([branchEni({ vpcId: 'vpc-0fffffffffffffff0' })], AT),
      }),
    ).toEqual(['clean', []]);
  });

  it('a follow-up without a known creation is superseded only by a cluster created after it began', () => {
    const swept = beginTeardown({ ...cluster, createdAt: undefined }, 'sweep', '2026-11-20T17:00:00.000Z', []);
    expect(certified({ cluster: found({ createdAt: '2026-11-20T17:30:00.000Z' }) }, swept)[0]).toBe('superseded');
    expect(certified({ cluster: found({ createdAt: CREATED }) }, swept)[0]).toBe('leftovers');
  });
});
