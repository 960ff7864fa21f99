import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FindingState, Transition } from '../../shared/domain/finding.ts';
import type { Verdict } from '../../shared/domain/verdict.ts';
import { type Absence, diff } from '../../shared/findings/diff.ts';
import { minute, TARGET, verdict } from '../ledger/builders.ts';

/** What one run says of one interface: a verdict, or an absence. */
type Said = { verdict: Partial<Verdict> } | { absence: Absence['fate'] | undefined };

const said: fc.Arbitrary<Said> = fc.oneof(
  fc
    .record({
      severity: fc.constantFrom('medium', 'high'),
      state: fc.constantFrom('suspect', 'leaked'),
      quiet: fc.boolean(),
      cluster: fc.constantFrom('blue', 'blue', 'green'),
    })
    .map((fails): Said => ({ verdict: fails })),
  fc.constantFrom('pass', 'not-applicable', 'unknown').map((kind): Said => ({ verdict: { verdict: kind } })),
  fc.constantFrom('gone', 'in-use-again', 'still-there', 'unread', undefined).map((absence): Said => ({ absence })),
);

const SUBJECTS = ['eni-1', 'eni-2'] as const;
const oneRun = fc.record({ covered: fc.boolean(), 'eni-1': said, 'eni-2': said });
type Run = typeof oneRun extends fc.Arbitrary<infer T> ? T : never;
const runs = fc.array(oneRun, { maxLength: 15 });

/** Plays the runs one after the other, keeping what the ledger would keep. */
function play(history: readonly Run[], publishers: readonly string[] = ['sns']) {
  const known = new Map<string, FindingState>();
  const transitions: Transition[] = [];
  for (const [index, run] of history.entries()) {
    const verdicts = SUBJECTS.flatMap((id) => {
      const says = run[id];
      return 'verdict' in says ? [verdict({ ...says.verdict, subject: { type: 'network-interface', id } })] : [];
    });
    const absence = ({ finding }: FindingState): Absence | undefined => {
      const says = SUBJECTS.filter((id) => id === finding.subject.id).map((id) => run[id])[0];
      return says && 'absence' in says && says.absence ? { fate: says.absence, says: says.absence } : undefined;
    };
    const judged = { verdicts, target: TARGET, covered: () => run.covered, absence };
    const changes = diff(known, judged, minute(index), publishers);
    for (const state of changes.states) known.set(state.finding.id, state);
    transitions.push(...changes.transitions);
  }
  return { known, transitions, byFinding: Map.groupBy(transitions, (transition) => transition.findingId) };
}

describe('diff, for every sequence of runs', () => {
  it('people hear of one finding: opened, any changes, resolved, and again', () => {
    fc.assert(
      fc.property(runs, (history) => {
        for (const told of play(history).byFinding.values()) {
          expect(told.map((transition) => `${transition.kind},`).join('')).toMatch(/^(opened,(changed,)*(resolved,|$))+$/);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('what people heard last is what the ledger holds', () => {
    fc.assert(
      fc.property(runs, (history) => {
        const { known, byFinding } = play(history);
        for (const [id, state] of known) {
          const last = byFinding.get(id)?.at(-1)?.kind ?? 'resolved';
          expect(state.status === 'open' && !state.quiet).toBe(last !== 'resolved');
        }
      }),
    );
  });

  it('nothing is lost of what is owed, and nothing is owed twice', () => {
    fc.assert(
      fc.property(runs, (history) => {
        const { known, transitions, byFinding } = play(history, ['sns', 'slack']);
        const owed = [...known.values()].flatMap((state) => state.pending);
        expect(owed).toHaveLength(transitions.length);
        for (const [id, told] of byFinding) {
          expect(known.get(id)?.pending).toEqual(told.map((transition) => ({ ...transition, recipients: ['sns', 'slack'] })));
        }
      }),
    );
  });

  it('the same run ten times is told once', () => {
    fc.assert(
      fc.property(runs, oneRun, (history, run) => {
        const once = play([...history, run]).transitions;
        const tenTimes = play([...history, ...Array.from({ length: 10 }, () => run)]).transitions;
        expect(tenTimes).toEqual(once);
      }),
    );
  });

  it('every open finding is listed, read or not, and none is ever forgotten', () => {
    fc.assert(
      fc.property(runs, oneRun, (history, run) => {
        const before = play(history).known;
        const { known } = play([...history, run]);
        const nothing = { verdicts: [], target: TARGET, covered: () => false, absence: () => undefined };
        const { findings, unconfirmed } = diff(known, nothing, minute(99), []);
        const open = [...known].filter(([, state]) => state.status === 'open').map(([id]) => id);
        expect(findings.map((finding) => finding.id).sort()).toEqual(open.sort());
        expect(unconfirmed.sort()).toEqual(open);
        expect([...known.keys()]).toEqual(expect.arrayContaining([...before.keys()]));
      }),
    );
  });
});
