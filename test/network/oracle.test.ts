import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { BlockedSide, OpenPair, PathProof } from '../../shared/domain/security-group.ts';
import { compileFacts } from '../../shared/network/compile.ts';
import { compileEndpoint } from '../../shared/network/endpoint.ts';
import { evaluate } from '../../shared/network/evaluate.ts';
import { evaluatePorts } from '../../shared/network/open-ports.ts';
import { runs } from '../support/runs.ts';
import { familiesOf, type OracleAnswer, type OraclePacket, oracle, ruleAdmits, sideAdmits } from './oracle.ts';
import { type RandomWorld, randomWorld } from './worlds.ts';

const WORLDS = runs(100_000);
const FATES = ['open', 'blocked', 'unknown'] as const;

/** How often the worlds led to each kind of answer: a generator that misses one proves nothing about it. */
const seen = new Map<string, number>();
const count = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);

const judge = ({ facts, from, to, traffic }: RandomWorld): PathProof =>
  evaluate(compileFacts(facts), { from: compileEndpoint(from), to: compileEndpoint(to), traffic });

const isShown = (packet: OraclePacket, shown: BlockedSide['packet']): boolean =>
  packet.from.label === shown.from.host &&
  packet.to.label === shown.to.host &&
  packet.source === shown.from.address &&
  packet.target === shown.to.address;

/** Whether a pair of groups opens the path by several pairs of rules, and no other groups do. */
function isOneOfSeveral(pair: OpenPair, all: readonly OpenPair[]): boolean {
  const others = all.filter((other) => other !== pair);
  const isAlike = ({ egress, ingress }: OpenPair) => egress.groupId === pair.egress.groupId && ingress.groupId === pair.ingress.groupId;
  return others.length > 0 && others.every(isAlike);
}

/** Everything in which a proof and the oracle differ, in words. */
function differences(world: RandomWorld, proof: PathProof, answer: OracleAnswer): string[] {
  const { facts, from, to, traffic } = world;
  const families = familiesOf(from, to, traffic);
  const wrong: string[] = [];
  const claim = (holds: boolean, what: string) => holds || wrong.push(what);
  const passesBy = ({ egress, ingress }: OpenPair, packet: OraclePacket) =>
    [egress, ingress].every((rule) => ruleAdmits(rule, packet, traffic, families, facts, 'bad')) &&
    packet.from.groupIds.includes(egress.groupId) &&
    packet.to.groupIds.includes(ingress.groupId);
  const find = (shown: BlockedSide['packet']) => answer.packets.find(({ packet }) => isShown(packet, shown));

  claim(proof.outcome === answer.outcome, `outcome ${proof.outcome}, oracle ${answer.outcome}`);
  const differing = FATES.filter((fate) => JSON.stringify(proof[fate]) !== JSON.stringify(answer.extents[fate]));
  claim(answer.packets.length === 0 || differing.length === 0, `extents of ${differing}`);
  for (const { packet } of answer.packets.filter(({ fate }) => fate === 'open'))
    claim(
      proof.openedBy.some((pair) => passesBy(pair, packet)),
      'an open packet that no pair of rules explains',
    );
  for (const pair of proof.openedBy) {
    const shown = find(pair.packet);
    claim(shown?.fate === 'open' && passesBy(pair, shown.packet), 'a pair of rules whose packet does not pass');
    if (isOneOfSeveral(pair, proof.openedBy)) count('several pairs');
  }
  for (const { side, packet, groupIds, nearestMiss } of proof.blockedBy) {
    const shown = find(packet);
    claim(
      shown?.fate === 'blocked' && !sideAdmits(side === 'egress', shown.packet, traffic, families, facts, 'good'),
      `a ${side} packet that is not blocked`,
    );
    if (!nearestMiss) continue;
    claim(groupIds.includes(nearestMiss.rule.groupId) && nearestMiss.rule.isEgress === (side === 'egress'), 'a miss of another side');
    claim(nearestMiss.misses.length > 0, 'a miss that misses nothing');
    claim(shown !== undefined && !ruleAdmits(nearestMiss.rule, shown.packet, traffic, families, facts, 'good'), 'a miss that is none');
    count(`misses ${nearestMiss.misses.join('+')}`);
  }
  const has = (fate: string) => answer.packets.some((each) => each.fate === fate);
  claim(proof.blockedBy.length > 0 === has('blocked'), 'blockedBy without blocked packets, or the reverse');
  claim(proof.openedBy.length > 0 === has('open'), 'openedBy without open packets, or the reverse');
  claim(
    proof.unsettled.length > 0 === (has('unknown') || answer.packets.length === 0),
    'unsettled without unknown packets, or the reverse',
  );
  for (const what of new Set(proof.unsettled.map((each) => each.what))) count(`unsettled ${what}`);
  count(proof.outcome);
  return wrong;
}

describe('against a brute-force oracle', () => {
  it(`agrees in ${WORLDS} random worlds, packet by packet, with everything that a proof shows`, () => {
    fc.assert(
      fc.property(randomWorld, (world) => {
        const wrong = differences(world, judge(world), oracle(world.facts, world.from, world.to, world.traffic));
        if (wrong.length > 0) throw new Error(wrong.join('; '));
      }),
      { numRuns: WORLDS },
    );
    // One in a hundred worlds or more for each outcome, and every reason of every kind often enough to be wrong sometimes.
    const rare = (least: number, ...what: string[]) =>
      what.filter((each) => (seen.get(each) ?? 0) < least).map((each) => `${each}: ${seen.get(each) ?? 0}`);
    const unsettled = ['rules', 'group', 'vpc-association', 'prefix-list', 'rule', 'peering', 'address', 'host'].map(
      (what) => `unsettled ${what}`,
    );
    const misses = ['peer', 'port', 'protocol', 'port+peer', 'protocol+peer', 'protocol+port', 'protocol+port+peer'].map(
      (what) => `misses ${what}`,
    );
    expect([
      ...rare(WORLDS / 50, 'open', 'blocked', 'some', 'unknown'),
      ...rare(WORLDS / 1000, ...unsettled, ...misses, 'several pairs'),
    ]).toEqual([]);
  });

  it('agrees on the ranges of open ports, port by port', () => {
    fc.assert(
      fc.property(randomWorld, fc.constantFrom('tcp' as const, 'udp' as const), ({ facts, from, to }, protocol) => {
        const ranges = evaluatePorts(compileFacts(facts), { from: compileEndpoint(from), to: compileEndpoint(to), protocol });
        expect(ranges.map(({ from: first }) => first)).toEqual([0, ...ranges.slice(0, -1).map((range) => range.to + 1)]);
        expect(ranges.at(-1)?.to).toBe(65_535);
        for (const port of [0, 1, 7, 8, 9, 52, 53, 54, 60, 61, 99, 100, 101, 128, 65_535]) {
          const range = ranges.find((each) => each.from <= port && port <= each.to);
          expect([port, range?.outcome]).toEqual([port, oracle(facts, from, to, { protocol, port }).outcome]);
        }
      }),
      { numRuns: runs(500) },
    );
  });
});
