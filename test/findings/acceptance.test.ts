import { describe, expect, it } from '@jest/globals';
import type { Acceptance } from '../../shared/domain/acceptance.ts';
import type { FindingState } from '../../shared/domain/finding.ts';
import type { Verdict } from '../../shared/domain/verdict.ts';
import { standing } from '../../shared/findings/acceptance.ts';
import { finding, findingState, minute, runDiff, time, verdict } from '../ledger/builders.ts';
import { ACCEPTED } from '../support/acceptances.ts';

// Accepted at minute 10 of the story, until minute 200.
const acceptance = (changes: Partial<Acceptance> = {}): Acceptance => ({
  ...ACCEPTED,
  findingId: finding().id,
  at: time(10),
  until: time(200),
  ...changes,
});
const orphan = verdict({ state: 'orphan' });
const known = findingState({ finding: finding({ state: 'orphan' }), meaning: 'high/orphan' });

/** One run after another, each building on what the one before wrote. */
function runs(first: FindingState, ...steps: readonly { at: number; verdict: Verdict; acceptance?: Acceptance | undefined }[]) {
  let states = [first];
  return steps.map(({ at, verdict, acceptance: given }) => {
    const result = runDiff({ known: states, verdicts: [verdict], at, publishers: ['sns'], ...(given ? { acceptances: [given] } : {}) });
    states = result.states.length > 0 ? result.states : states;
    return {
      transitions: result.transitions.map(({ kind, says, details }) => `${kind}: ${says}${details ? `: ${details}` : ''}`),
      finding: result.findings[0],
      state: states[0],
    };
  });
}

describe('an accepted finding', () => {
  it('is told of once as suppressed, then shown and never told of again', () => {
    const [first, second, third] = runs(
      known,
      { at: 40, verdict: orphan, acceptance: acceptance() },
      { at: 70, verdict: orphan, acceptance: acceptance() },
      { at: 100, verdict: verdict({ state: 'suspect', severity: 'medium' }), acceptance: acceptance() },
    );
    expect(first?.transitions).toEqual([
      'suppressed: eni-1 is accepted until 2026-03-06, web-team answers for it: kept for the auditors (accepted by arn:aws:iam::111122223333:user/anna)',
    ]);
    expect([second?.transitions, third?.transitions]).toEqual([[], []]);
    expect(third?.finding).toMatchObject({ accepted: { owner: 'web-team', until: time(200), by: ACCEPTED.by } });
  });

  it('speaks up when the acceptance ends, and then alerts like any other', () => {
    const [, ended, after] = runs(
      known,
      { at: 40, verdict: orphan, acceptance: acceptance() },
      { at: 200, verdict: orphan, acceptance: acceptance() },
      { at: 230, verdict: orphan, acceptance: acceptance() },
    );
    expect(ended?.transitions).toEqual(['changed: the acceptance ended on 2026-03-06, web-team answered for it: eni-1 is left behind']);
    expect(ended?.finding?.accepted).toBeUndefined();
    expect(after?.transitions).toEqual([]);
  });

  it.each<[string, Partial<Verdict>, string]>([
    ['more severe', { severity: 'critical', state: 'orphan' }, 'critical, orphan, accepted as high, orphan'],
    ['something else of the same severity', { state: 'leaked' }, 'high, leaked, accepted as high, orphan'],
    ['something else by its meaning', { state: 'orphan', meaning: 'udp' }, 'it means something else'],
  ])('speaks up when it becomes %s', (_, changes, says) => {
    const worse = verdict(changes);
    const [, got, after] = runs(
      known,
      { at: 40, verdict: orphan, acceptance: acceptance() },
      { at: 70, verdict: worse, acceptance: acceptance() },
      { at: 100, verdict: worse, acceptance: acceptance() },
    );
    expect(got?.transitions).toEqual([`changed: it got worse than what was accepted (${says}): eni-1 is left behind`]);
    expect([got?.finding?.accepted, after?.transitions]).toEqual([undefined, []]);
  });

  it('speaks up when the acceptance is taken out of the ledger', () => {
    const [, got] = runs(known, { at: 40, verdict: orphan, acceptance: acceptance() }, { at: 70, verdict: orphan });
    expect(got?.transitions[0]).toMatch(/^changed: the acceptance ended early/);
  });

  it('names the day of the last acceptance, when that shortened an earlier one', () => {
    const shorter = acceptance({ at: time(60), until: time(65) });
    const longer = acceptance({ until: '2026-12-31T23:59:59.999Z' });
    const [, got] = runs(known, { at: 40, verdict: orphan, acceptance: longer }, { at: 70, verdict: orphan, acceptance: shorter });
    expect(got?.transitions[0]).toMatch(/^changed: the acceptance ended on 2026-03-06/);
  });

  it('goes away without a word, and comes back without one', () => {
    const [, gone, back] = runs(
      known,
      { at: 40, verdict: orphan, acceptance: acceptance() },
      { at: 70, verdict: verdict({ verdict: 'pass' }), acceptance: acceptance() },
      { at: 100, verdict: orphan, acceptance: acceptance() },
    );
    expect([gone?.transitions, gone?.state?.status]).toEqual([[], 'resolved']);
    expect([back?.transitions, back?.finding?.accepted?.owner]).toEqual([[], 'web-team']);
  });

  it('opens aloud when it comes back after the acceptance ended', () => {
    const [, , back] = runs(
      known,
      { at: 40, verdict: orphan, acceptance: acceptance() },
      { at: 70, verdict: verdict({ verdict: 'pass' }), acceptance: acceptance() },
      { at: 210, verdict: orphan, acceptance: acceptance() },
    );
    expect(back?.transitions[0]).toMatch(/^opened/);
  });

  it('is told of once more when it is accepted anew', () => {
    const anew = acceptance({ at: time(60), until: time(900), owner: 'dns-team' });
    const [, again] = runs(known, { at: 40, verdict: orphan, acceptance: acceptance() }, { at: 70, verdict: orphan, acceptance: anew });
    expect(again?.transitions[0]).toContain('dns-team answers for it');
  });

  it('speaks up when the acceptance ends while its sightings begin again, and not once more after that', () => {
    const leaked = verdict({ state: 'leaked' });
    const again = verdict({ state: 'suspect', quiet: true });
    const accepted = acceptance({ meaning: 'high/leaked' });
    const [, , ended, back] = runs(
      findingState({ finding: finding({ state: 'leaked' }), meaning: 'high/leaked' }),
      { at: 40, verdict: leaked, acceptance: accepted },
      { at: 190, verdict: again, acceptance: accepted },
      { at: 210, verdict: again, acceptance: accepted },
      { at: 270, verdict: leaked, acceptance: accepted },
    );
    expect([...(ended?.transitions ?? []), ...(back?.transitions ?? [])]).toEqual([
      'changed: the acceptance ended on 2026-03-06, web-team answered for it: eni-1 is left behind',
    ]);
  });

  it('does not count a quiet verdict as worse', () => {
    expect(standing(acceptance(), verdict({ quiet: true, state: 'suspect' }), minute(40))).toBe(true);
  });
});
