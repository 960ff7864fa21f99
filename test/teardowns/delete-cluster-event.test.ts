import { describe, expect, it } from '@jest/globals';
import { parseDeleteCluster } from '../../shared/teardowns/delete-cluster-event.ts';
import { deleteClusterEvent } from '../support/events.ts';

describe('parseDeleteCluster', () => {
  it('keeps what only the event tells', () => {
    expect(parseDeleteCluster(deleteClusterEvent())).toEqual({
      ok: true,
      value: {
        accountId: '123456789012',
        region: 'us-east-1',
        at: '2026-11-21T12:00:00.000Z',
        principal: 'arn:aws:sts::123456789012:assumed-role/platform/anna',
        cluster: {
          name: 'shop',
          arn: 'arn:aws:eks:us-east-1:123456789012:cluster/shop',
          createdAt: '2026-03-01T09:00:00.123Z',
          vpcId: 'vpc-0a1b2c3d4e5f60718',
          subnetIds: ['subnet-0a1b2c3d4e5f60718'],
          clusterSecurityGroupId: 'sg-0a1b2c3d4e5f60718',
          roleArn: 'arn:aws:iam::123456789012:role/shop-cluster',
        },
      },
    });
  });

  it.each([
    ['a date as text', { createdAt: '2026-03-01T09:00:00Z' }, '2026-03-01T09:00:00.000Z'],
    ['no date', { createdAt: null }, undefined],
  ])('accepts a creation given as %s', (_name, cluster, createdAt) => {
    expect(parseDeleteCluster(deleteClusterEvent({ cluster }))).toMatchObject({ ok: true, value: { cluster: { createdAt } } });
  });

  it.each([
    ['requestParameters.name alone', { responseElements: null }],
    ['requestParameters.clusterName alone', { responseElements: null, requestParameters: { clusterName: 'shop' } }],
    ['responseElements alone', { requestParameters: null }],
  ])('finds the name in %s', (_name, detail) => {
    expect(parseDeleteCluster(deleteClusterEvent({ detail }))).toMatchObject({ ok: true, value: { cluster: { name: 'shop' } } });
  });

  it.each([
    ['a call that failed', { errorCode: 'ResourceInUseException', responseElements: null }, 'ResourceInUseException'],
    ["another service's DeleteCluster", { eventSource: 'redshift.amazonaws.com' }, 'eventSource'],
    ['another call of EKS', { eventName: 'CreateCluster' }, 'eventName'],
    ['a record that names no cluster', { requestParameters: null, responseElements: null }, 'names no cluster'],
  ])('is no deletion: %s', (_name, detail, reason) => {
    const parsed = parseDeleteCluster(deleteClusterEvent({ detail }));
    expect(parsed).toEqual({ ok: false, reason: expect.stringContaining(reason) });
  });

  it.each([
    [undefined],
    [null],
    ['text'],
    [{}],
    [{ detail: {} }],
    [{ ...deleteClusterEvent(), account: 'me' }],
    [{ ...deleteClusterEvent(), time: 'now' }],
  ])('is malformed: %j', (event) => {
    expect(parseDeleteCluster(event)).toEqual({ ok: false, reason: expect.stringContaining('not an EKS DeleteCluster event') });
  });
});
