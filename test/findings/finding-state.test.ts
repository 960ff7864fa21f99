import { describe, expect, it } from '@jest/globals';
import { finding, findingState, type Given, runDiff, time, verdict } from '../ledger/builders.ts';

const ID = finding().id;
const announced = findingState({ finding: finding({ sightings: 3 }) });
const quiet = findingState({ quiet: true });
const resolved = findingState({ status: 'resolved', resolvedAt: time(20), lastSeen: time(10), finding: finding({ sightings: 9 }) });

describe('a quiet verdict', () => {
  const quietly = verdict({ quiet: true });

  it('is listed and recorded, and announced to nobody', () => {
    const { states, findings, transitions } = runDiff({ verdicts: [quietly], publishers: ['sns'] });
    expect(findings).toHaveLength(1);
    expect(states).toMatchObject([{ quiet: true, status: 'open', pending: [] }]);
    expect(transitions).toEqual([]);
  });

  it('opens when it stops being quiet, with the times since it was first listed', () => {
    const { states, findings, transitions } = runDiff({ known: [quiet], verdicts: [verdict({ state: 'leaked' })] });
    expect(transitions).toMatchObject([{ kind: 'opened' }]);
    expect(states).toMatchObject([{ quiet: false, meaning: 'high/leaked' }]);
    expect(findings).toMatchObject([{ sightings: 2, firstSeen: time(0) }]);
  });

  it('leaves without a word', () => {
    const { states, findings, transitions } = runDiff({ known: [quiet], verdicts: [verdict({ verdict: 'pass' })] });
    expect(states).toMatchObject([{ status: 'resolved', resolvedAt: time(40) }]);
    expect([...findings, ...transitions]).toEqual([]);
  });

  describe('of what was announced before', () => {
    const leaked = findingState({ finding: finding({ state: 'leaked' }), meaning: 'high/leaked' });
    const restarted = runDiff({ known: [leaked], verdicts: [quietly] });

    it('keeps it announced, with the meaning that people know, and shows its new state', () => {
      expect(restarted.states).toMatchObject([{ quiet: false, meaning: 'high/leaked', finding: { state: 'suspect' } }]);
      expect(restarted.transitions).toEqual([]);
    });

    it('is no news when it becomes again what people know', () => {
      expect(runDiff({ known: restarted.states, verdicts: [verdict({ state: 'leaked' })] }).transitions).toEqual([]);
    });

    it('is news when it becomes something else', () => {
      const { transitions } = runDiff({ known: restarted.states, verdicts: [verdict({ state: 'leaked', severity: 'low' })] });
      expect(transitions).toMatchObject([{ kind: 'changed', says: 'low, was high', details: 'eni-1 is left behind' }]);
    });

    it('is resolved aloud', () => {
      const { transitions } = runDiff({ known: restarted.states, verdicts: [verdict({ verdict: 'pass' })] });
      expect(transitions).toMatchObject([{ kind: 'resolved' }]);
    });
  });
});

describe('a verdict of which something could not be told', () => {
  const known = findingState({ finding: finding({ state: 'leaked' }), meaning: 'high/leaked/two ways' });
  const partial = (changes: Parameters<typeof verdict>[0] = {}) => verdict({ isPartial: true, state: 'leaked', ...changes });

  it('opens like any other', () => {
    expect(runDiff({ verdicts: [partial()] }).transitions).toMatchObject([{ kind: 'opened' }]);
  });

  it('takes nothing back that people know, nor does the whole one after it say that again', () => {
    const after = runDiff({ known: [known], verdicts: [partial({ severity: 'low', meaning: 'one way' })] });
    expect(after.transitions).toEqual([]);
    expect(after.states).toMatchObject([{ meaning: 'high/leaked/two ways', finding: { severity: 'low' } }]);
    expect(runDiff({ known: after.states, verdicts: [verdict({ state: 'leaked', meaning: 'two ways' })] }).transitions).toEqual([]);
  });

  it('is news when it is more severe', () => {
    const { transitions } = runDiff({ known: [known], verdicts: [partial({ severity: 'critical' })] });
    expect(transitions).toMatchObject([{ kind: 'changed', says: expect.stringMatching(/^critical, was high/) }]);
  });
});

describe('what is owed to publishers', () => {
  const opened = { kind: 'opened', findingId: ID, at: time(0), says: 'x', recipients: ['slack'] } as const;

  it('is nothing without publishers', () => {
    expect(runDiff({ verdicts: [verdict()] }).states).toMatchObject([{ pending: [] }]);
  });

  it('is every transition, to every publisher', () => {
    const { states, transitions } = runDiff({ verdicts: [verdict()], publishers: ['sns', 'slack'] });
    expect(states[0]?.pending).toEqual([{ ...transitions[0], recipients: ['sns', 'slack'] }]);
  });

  it.each<[string, Given]>([
    ['goes on', { verdicts: [verdict()] }],
    ['changes', { verdicts: [verdict({ state: 'orphan' })] }],
    ['is resolved', { verdicts: [verdict({ verdict: 'pass' })] }],
  ])('is kept in order when the finding %s before it was sent', (_, given) => {
    const { states, transitions } = runDiff({ known: [{ ...announced, pending: [opened] }], publishers: ['sns'], ...given });
    expect(states[0]?.pending).toEqual([opened, ...transitions.map((transition) => ({ ...transition, recipients: ['sns'] }))]);
  });

  it('is kept when the finding opens again', () => {
    const { states } = runDiff({ known: [{ ...resolved, pending: [opened] }], verdicts: [verdict()], publishers: ['sns'] });
    expect(states[0]?.pending).toMatchObject([opened, { kind: 'opened', at: time(40), recipients: ['sns'] }]);
  });
});
