import { describe, expect, it } from '@jest/globals';
import type { SliceName } from '../../shared/domain/inventory.ts';
import { readFailed, readOk } from '../../shared/domain/read.ts';
import { inOrder, readSlices } from '../../shared/inventory/collect.ts';
import { type AnySlice, defineItemSlice, defineSlice, type ReadContext } from '../../shared/inventory/define.ts';
import { isNarrowed, SLICES } from '../../shared/inventory/slices.ts';
import { AT } from '../support/interfaces.ts';

const denied = { cause: 'denied', action: 'ec2:DescribeNetworkInterfaces', message: 'no' } as const;
const stated = { reads: 'something', service: 'ec2', actions: [] } as const;

function contextFor(needs: readonly SliceName[]): ReadContext {
  const request = { needs: new Set(needs), clusters: [], corednsSecurityGroups: [], knownInterfaces: [] };
  return { request, clock: () => AT, described: new Map() } as unknown as ReadContext;
}

describe('slices', () => {
  const read: string[] = [];
  const list = (name: 'branchEnis' | 'trunkEnis', parts: object = {}): AnySlice =>
    defineSlice({
      ...stated,
      name,
      read: async () => {
        read.push(name);
        return readOk([], AT);
      },
      ...parts,
    }) as AnySlice;
  const subnets = defineItemSlice({
    ...stated,
    name: 'subnets',
    after: ['branchEnis'],
    beside: ['trunkEnis'],
    read: async () => ({ 'subnet-1': readFailed<undefined>({ ...denied, item: 'subnet-1' }) }),
  });

  it('are read after those that they name, whatever the order of the list', () => {
    expect(inOrder([subnets, list('trunkEnis'), list('branchEnis')]).map(({ name }) => name)).toEqual([
      'branchEnis',
      'trunkEnis',
      'subnets',
    ]);
  });

  it('that come after one another in a circle are a defect', () => {
    expect(() => inOrder([list('branchEnis', { after: ['trunkEnis'] }), list('trunkEnis', { after: ['branchEnis'] })])).toThrow('circle');
  });

  it('that no rule needs are not read', async () => {
    read.length = 0;
    expect(Object.keys(await readSlices([subnets, list('branchEnis'), list('trunkEnis')], contextFor(['trunkEnis'])))).toEqual([
      'trunkEnis',
    ]);
    expect(read).toEqual(['trunkEnis']);
  });

  it('are not asked for where one that they come after failed, and that is no gap of their own', async () => {
    const failing = list('branchEnis', { read: async () => readFailed(denied) });
    const { subnets: found } = await readSlices([failing, subnets], contextFor(['branchEnis', 'subnets']));
    expect(found).toEqual(readFailed({ ...denied, cause: 'not-asked' }));
  });

  it('weigh for themselves what became of those beside them', async () => {
    const failing = list('trunkEnis', { read: async () => readFailed(denied) });
    const { subnets: found } = await readSlices([list('branchEnis'), failing, subnets], contextFor(['branchEnis', 'trunkEnis', 'subnets']));
    expect(found?.ok).toBe(true);
  });

  it('are not asked for where one that they come after was not read at all: that is no empty list', async () => {
    const { subnets: found } = await readSlices([list('branchEnis'), subnets], contextFor(['subnets']));
    expect(found).toMatchObject({ ok: false, reason: { cause: 'not-asked', message: 'branchEnis was not read' } });
  });

  it('of items name every item that failed', async () => {
    const { subnets: found } = await readSlices([list('branchEnis'), subnets], contextFor(['branchEnis', 'subnets']));
    expect(found?.ok && subnets.failures(found.value)).toEqual([{ ...denied, item: 'subnet-1' }]);
  });
});

describe('the order of reading', () => {
  const order = inOrder(SLICES).map(({ name }) => name);
  const precedes = (first: SliceName, then: SliceName) => expect(order.indexOf(first)).toBeLessThan(order.indexOf(then));

  it('takes what may be deleted first and its owners second: a pod born in between cannot make its interface look abandoned', () => {
    for (const list of ['branchEnis', 'trunkEnis'] as const)
      for (const owner of ['clusters', 'trunks', 'instances', 'pins', 'absentees'] as const) precedes(list, owner);
  });

  it('takes pods before what they are judged by', () => {
    for (const then of ['podClusters', 'nodes', 'securityGroups', 'securityGroupRules', 'subnets'] as const) precedes('podEnis', then);
  });

  it('knows which slices an audit of some clusters reads only in part', () => {
    expect(order.filter((name) => !isNarrowed(name))).toEqual([
      'branchEnis',
      'trunkEnis',
      'clusters',
      'trunks',
      'instances',
      'pins',
      'absentees',
    ]);
  });
});
