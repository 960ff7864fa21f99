import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { findingsEntry } from '../../shared/channels/sns-entry.ts';
import type { Announcement } from '../../shared/content/announcement.ts';
import type { Fits } from '../../shared/render/json.ts';
import { machineOf } from '../../shared/render/machine.ts';
import { snsViolations } from '../channels/sns-limits.ts';
import { leftover } from '../support/leftovers.ts';
import { proposed } from '../support/plans.ts';
import { certified, left, many, orphan, told, toldPlan, warned } from './announcements.ts';
import { GOLDENS, ONE_OF_EACH } from './goldens.ts';

const machine = (announcement: Announcement, fits?: Fits) => machineOf([announcement], fits);
const json = (name: string): unknown => JSON.parse(readFileSync(new URL(`./goldens/${name}.json`, import.meta.url), 'utf8'));
const always = () => true;
const within = (bytes: number) => (text: string) => Buffer.byteLength(text) <= bytes;

describe('the machine-readable form', () => {
  it.each(ONE_OF_EACH)('of %s keeps its shape', (name) => {
    expect(JSON.parse(machineOf(GOLDENS[name] ?? [], always))).toEqual(json(name));
  });

  it('says null where there is no cluster or state, so that every field is always there', () => {
    const { state: _, ...stateless } = leftover(1);
    expect(JSON.parse(machine(told('opened', { ...stateless, cluster: null })))).toMatchObject({ state: null, cluster: null });
  });

  it('reads back as what was announced, whatever characters a name has', () => {
    const name = 'a\u0000b\u001b[2J\u202e\u2028\ufffe"\\😀';
    const text = machine(told('opened', { ...leftover(1), evidence: { name, [name]: 1, ...JSON.parse('{"__proto__": 2}') } }));
    expect(JSON.parse(text).evidence).toEqual({ name, [name]: 1, ...JSON.parse('{"__proto__": 2}') });
    expect(text).toMatch(/^[ -\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u);
    expect(text).not.toMatch(/[\u202e\u2028]/);
  });

  it('has no half of a surrogate pair, which strict parsers refuse', () => {
    const text = machine(told('opened', { ...leftover(1), summary: 'a\ud800b' }));
    expect(text).not.toMatch(/\\ud800/i);
    expect(JSON.parse(text).summary).toMatch(/^a\ufffdb: /);
  });
});

describe('what is too large', () => {
  const big = (evidence: object) => told('opened', { ...leftover(1), evidence: { ...evidence } });

  it('is shortened, and says so', () => {
    const message = JSON.parse(machine(big({ list: Array.from({ length: 5_000 }, (_, n) => `item ${n}`), text: 'x'.repeat(300_000) })));
    expect(message.trimmed).toBe(true);
    expect(message.evidence.list).toHaveLength(400);
    expect(message.evidence.text).toHaveLength(3_998);
    expect(JSON.parse(machine(orphan())).trimmed).toBe(false);
  });

  it('loses its evidence in the end, but never its ids, its severity or what to do', () => {
    const whole = big({ text: 'x'.repeat(300_000) });
    const message = JSON.parse(machine(whole, within(1_300)));
    expect(message).toMatchObject({ id: whole.id, severity: 'high', subject: leftover(1).subject, remedy: leftover(1).remedy });
    expect(message).toMatchObject({ findingId: leftover(1).id, trimmed: true });
    expect(message.evidence).toEqual({});
  });

  it('ends where evidence contains itself', () => {
    const endless: Record<string, unknown> = {};
    endless.self = [endless];
    expect(JSON.parse(machine(big(endless))).trimmed).toBe(true);
  });

  it('tells how many leftovers there are, however many are listed', () => {
    const leftovers = Array.from({ length: 2_500 }, (_, n) => left(n));
    const certificate = (bytes: number) => JSON.parse(machine(certified({ outcome: 'leftovers', leftovers }), within(bytes))).certificate;
    expect(certificate(200 * 1024)).toMatchObject({ leftoverCount: 2_500, outcome: 'leftovers' });
    expect(certificate(200 * 1024).leftovers).toHaveLength(400);
    expect(certificate(2_000)).toMatchObject({ leftoverCount: 2_500, leftovers: [] });
  });

  it('names every interface of the largest plan, with its proof and its commands', () => {
    const text = machine(toldPlan('proposed', proposed({ n: 1_000 })));
    const { interfaceIds, interfaceCount, commands, deletions, proof } = JSON.parse(text);
    expect([interfaceCount, new Set(interfaceIds).size, proof.length]).toEqual([1_000, 1_000, 7]);
    expect(deletions.length).toBeGreaterThanOrEqual(100);
    expect(commands.approve).toBe('sgp-warden approve 0123456789abcdef --region eu-west-1 --ledger dynamodb:sgp-warden-ledger@eu-west-1');
    expect(snsViolations(findingsEntry([toldPlan('proposed', proposed({ n: 1_000 }))]))).toEqual([]);
  });

  it('keeps the counts and commands of a plan whose details do not fit', () => {
    const message = JSON.parse(machine(toldPlan('proposed', proposed({ n: 1_000 })), within(2_500)));
    expect(message).toMatchObject({ interfaceCount: 1_000, interfaceIds: [], deletions: [], unblocks: [{}], trimmed: true });
    expect(message.commands.reject).toContain('sgp-warden reject');
  });

  it('keeps what it can of advice', () => {
    const advice = Array.from({ length: 1_000 }, (_, n) => `do ${n}`);
    expect(JSON.parse(machine(warned({ advice }), within(20_000))).warning.advice).toHaveLength(400);
  });
});

describe('a digest', () => {
  it('lists the subjects of 5,000 announcements', () => {
    const text = machineOf(many(5_000), within(200 * 1024));
    const { count, groups, unlisted } = JSON.parse(text);
    expect({ count, unlisted }).toEqual({ count: 5_000, unlisted: { groups: 0, subjects: 0 } });
    expect(groups[0].subjects).toHaveLength(5_000);
  });

  it('lists as many as fit, and counts the rest', () => {
    const text = machineOf(many(5_000, 1_000), within(50_000));
    const { count, groups, unlisted } = JSON.parse(text);
    expect(groups.map((group: { count: number }) => group.count)).toEqual([5_000, 1_000]);
    const listed = groups.flatMap((group: { subjects: string[] }) => group.subjects);
    expect(listed.length).toBeGreaterThan(1_500);
    expect(unlisted).toEqual({ groups: 0, subjects: 6_000 - listed.length });
    expect(count).toBe(6_000);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(50_000);
    // One more would not have fitted.
    expect(Buffer.byteLength(text)).toBeGreaterThan(50_000 - 40);
  });

  it('counts the groups that do not fit', () => {
    const clusters = Array.from({ length: 1_000 }, (_, n) => told('opened', leftover(n, { cluster: `cluster-${n}` })));
    const { groups, unlisted } = JSON.parse(machineOf(clusters, within(20_000)));
    expect(groups.length).toBeGreaterThan(50);
    expect(unlisted.groups).toBe(1_000 - groups.length);
    expect(JSON.parse(machineOf(clusters, always)).unlisted).toEqual({ groups: 700, subjects: 700 });
  });

  it('has the same id for the same announcements only', () => {
    const id = (...args: Parameters<typeof many>) => JSON.parse(machineOf(many(...args), always)).id;
    expect(id(12)).toBe(id(12));
    expect(new Set([id(12), id(13), id(11, 1)]).size).toBe(3);
  });
});
