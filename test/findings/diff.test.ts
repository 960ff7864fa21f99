import { describe, expect, it } from '@jest/globals';
import type { Verdict } from '../../shared/domain/verdict.ts';
import { finding, findingState, type Given, runDiff, time, verdict } from '../ledger/builders.ts';

const ID = finding().id;
const announced = findingState({ finding: finding({ sightings: 3 }) });
const resolved = findingState({ status: 'resolved', resolvedAt: time(20), lastSeen: time(10), finding: finding({ sightings: 9 }) });
const group = { type: 'security-group', id: 'sg-1' } as const;

describe('a verdict that fails', () => {
  it('opens a finding', () => {
    const { states, findings, unconfirmed, transitions } = runDiff({
      verdicts: [verdict({ severity: 'low', evidence: { vpc: 'vpc-1' } })],
    });
    const opened = finding({ severity: 'low', evidence: { vpc: 'vpc-1' }, sightings: 1, firstSeen: time(40) });
    expect(findings).toEqual([opened]);
    expect(states).toEqual([findingState({ finding: opened, meaning: 'low/suspect', lastSeen: time(40) })]);
    expect(transitions).toEqual([{ kind: 'opened', findingId: ID, at: time(40), says: 'eni-1 is left behind' }]);
    expect(unconfirmed).toEqual([]);
  });

  it('says which call explains it, where one is known to', () => {
    const because = (_: unknown, kind: string) => (kind === 'opened' ? { cause: 'alice did it' } : {});
    const { transitions, states } = runDiff({ verdicts: [verdict()], publishers: ['sns'], because });
    expect(transitions).toMatchObject([{ kind: 'opened', cause: 'alice did it' }]);
    expect(states).toMatchObject([{ pending: [{ cause: 'alice did it', recipients: ['sns'] }] }]);
    expect(runDiff({ known: [announced], verdicts: [verdict({ verdict: 'pass' })], because }).transitions).toEqual([
      expect.not.objectContaining({ cause: expect.anything() }),
    ]);
  });

  it('tells nobody when it only goes on, and updates what is known of it', () => {
    const { states, findings, transitions } = runDiff({
      known: [announced],
      verdicts: [verdict({ summary: 'still there', evidence: { n: 2 } })],
    });
    const updated = finding({ summary: 'still there', evidence: { n: 2 }, sightings: 4, firstSeen: time(0) });
    expect(findings).toEqual([updated]);
    expect(states).toEqual([findingState({ finding: updated, lastSeen: time(40) })]);
    expect(transitions).toEqual([]);
  });

  it.each<[string, Partial<Verdict>, string]>([
    ['state', { state: 'orphan' }, 'orphan, was suspect'],
    ['severity', { severity: 'critical' }, 'critical, was high'],
    ['both', { severity: 'low', state: 'orphan' }, 'low, was high; orphan, was suspect'],
    ["the rule's own meaning", { meaning: 'dns' }, 'it means something else now'],
  ])('tells of a change of %s', (_, change, says) => {
    expect(runDiff({ known: [announced], verdicts: [verdict(change)] }).transitions).toEqual([
      { kind: 'changed', findingId: ID, at: time(40), says, details: 'eni-1 is left behind' },
    ]);
  });

  it.each<[string, Partial<Verdict>]>([
    ['evidence', { evidence: { seen: 12 } }],
    ['summary', { summary: 'seen 12 times' }],
    ['remedy', { remedy: { summary: 'Delete it', commands: ['x'] } }],
    ['sightings', { seen: { sightings: 12, firstSeen: time(1) } }],
  ])('a change of %s is no change', (_, change) => {
    expect(runDiff({ known: [announced], verdicts: [verdict(change)] }).transitions).toEqual([]);
  });

  it('opens again after it was resolved, with nothing of the old times', () => {
    const { findings, states, transitions } = runDiff({ known: [resolved], verdicts: [verdict()] });
    expect(findings).toEqual([finding({ sightings: 1, firstSeen: time(40) })]);
    expect(states[0]).not.toHaveProperty('resolvedAt');
    expect(transitions).toMatchObject([{ kind: 'opened' }]);
  });

  it('takes the sightings from the rule where it knows them', () => {
    const { findings } = runDiff({ known: [announced], verdicts: [verdict({ seen: { sightings: 2, firstSeen: time(7) } })] });
    expect(findings).toMatchObject([{ sightings: 2, firstSeen: time(7) }]);
  });

  it('judged again at the same time, after a lost race, is one sighting', () => {
    const first = runDiff({ verdicts: [verdict()] });
    const second = runDiff({ known: first.states, verdicts: [verdict()] });
    expect(second.states).toEqual(first.states);
    expect(second.transitions).toEqual([]);
  });

  it('under another cluster is another finding', () => {
    const { findings, transitions } = runDiff({ known: [announced], verdicts: [verdict({ cluster: 'green' })], covered: false });
    expect(findings.map(({ cluster }) => cluster)).toEqual(['green', 'blue']);
    expect(transitions).toMatchObject([{ kind: 'opened', findingId: expect.stringContaining('/green/') }]);
  });

  it('twice for one cluster and subject is a defect of the rule, and says so', () => {
    expect(() => runDiff({ verdicts: [verdict(), verdict({ verdict: 'pass' })] })).toThrow(
      'rule orphaned-branch-eni judged network-interface eni-1 twice (fail, pass)',
    );
  });

  it('twice unknown is only unknown', () => {
    const unknown = verdict({ verdict: 'unknown' });
    expect(runDiff({ known: [announced], verdicts: [unknown, unknown] }).states).toEqual([]);
  });
});

describe('an open finding that does not fail', () => {
  it.each(['pass', 'not-applicable'] as const)('is resolved by the verdict %s', (kind) => {
    const { states, findings, transitions } = runDiff({ known: [announced], verdicts: [verdict({ verdict: kind, summary: 'deleted' })] });
    expect(states).toEqual([{ ...announced, status: 'resolved', resolvedAt: time(40) }]);
    expect(findings).toEqual([]);
    expect(transitions).toEqual([{ kind: 'resolved', findingId: ID, at: time(40), says: 'deleted' }]);
  });

  it.each<[string, string, Given]>([
    ['gone', 'eni-1 not found', { absence: { fate: 'gone', says: 'eni-1 not found' } }],
    ['in use', 'in use by i-1', { absence: { fate: 'in-use-again', says: 'in use by i-1' } }],
    ['listed under another cluster', 'it now belongs to cluster green', { verdicts: [verdict({ cluster: 'green', verdict: 'pass' })] }],
    ['listed without a cluster', 'it names no cluster any more', { verdicts: [verdict({ cluster: undefined })] }],
  ])('is resolved when its interface is %s', (_, says, given) => {
    const { transitions, unconfirmed } = runDiff({ known: [announced], ...given });
    expect(transitions).toContainEqual({ kind: 'resolved', findingId: ID, at: time(40), says });
    expect(unconfirmed).toEqual([]);
  });

  it('is resolved by a covered absence when its subject is no interface', () => {
    const pinned = findingState({ finding: finding({ id: 'pinned', subject: group }) });
    expect(runDiff({ known: [pinned] }).transitions).toMatchObject([{ kind: 'resolved', findingId: 'pinned', says: 'no longer found' }]);
  });

  it.each<[string, Given]>([
    ['its verdict is unknown', { verdicts: [verdict({ verdict: 'unknown' })] }],
    ['its subject is unknown under another cluster', { verdicts: [verdict({ verdict: 'unknown', cluster: 'green' })] }],
    ['its absence was not asked for', {}],
    ['the answer for its id could not be read', { absence: { fate: 'unread', says: 'denied' } }],
    ['it is still there, though no longer listed', { absence: { fate: 'still-there', says: 'available' } }],
    ['it was not covered', { covered: false, absence: { fate: 'gone', says: 'eni-1 not found' } }],
    [
      'it was not covered, and its subject was judged for another cluster',
      { covered: false, verdicts: [verdict({ cluster: 'green', verdict: 'pass' })] },
    ],
    ['another rule passes its subject', { verdicts: [verdict({ ruleId: 'leaked-branch-eni', verdict: 'pass' })] }],
  ])('stays open and untouched when %s', (_, given) => {
    expect(runDiff({ known: [announced], ...given })).toEqual({
      states: [],
      findings: [announced.finding],
      unconfirmed: [ID],
      transitions: [],
    });
  });

  it('stays open when its subject is no interface and the run did not cover it', () => {
    const pinned = findingState({ finding: finding({ id: 'pinned', subject: group }) });
    expect(runDiff({ known: [pinned], covered: false })).toMatchObject({ states: [], unconfirmed: ['pinned'] });
  });
});

it('a resolved finding stays resolved, and is not listed', () => {
  expect(runDiff({ known: [resolved], verdicts: [verdict({ verdict: 'pass' })] })).toEqual({
    states: [],
    findings: [],
    unconfirmed: [],
    transitions: [],
  });
});
