import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { leavesOf } from '../../../shared/content/evidence.ts';
import { leftover } from '../../support/leftovers.ts';
import { proposed } from '../../support/plans.ts';
import { TARGET } from '../../support/reports.ts';
import { runs } from '../../support/runs.ts';
import { announcement, text } from '../hostile.ts';
import { drawn } from './drawn.ts';
import { evidence } from './drawn-from.ts';
import { ANNA, AT, stateOf } from './goldens.ts';
import { seenIn, slackViolations } from './slack-limits.ts';

describe('the evidence', () => {
  it('has every point of the proof, also those that are no news to anybody', () => {
    const all = drawn(...evidence({ finding: stateOf(), target: TARGET }, AT, ANNA));
    for (const point of ['controller-owned', 'own-account', 'status-available', 'not-managed', 'cluster-gone', 'seen-twice'])
      expect(all).toContain(`• ${point} holds: `);
    expect(all).toContain('Evidence as of 2026-11-20 19:00 UTC, asked for by <user U0ANNA>');
  });

  it('of what is not proven yet has no command to delete it', () => {
    const commands = ['aws ec2 delete-network-interface --network-interface-id eni-1'];
    const suspect = { ...leftover(1, { state: 'suspect' as const }), remedy: { summary: 'Delete it.', commands } };
    const all = drawn(...evidence({ finding: stateOf({ finding: suspect }), target: TARGET }, AT, ANNA));
    expect(all).toContain('• seen-twice waits: ');
    expect(all).not.toContain('delete-network-interface');
  });

  it('of a plan has every interface, and what all have in common once', () => {
    const all = drawn(...evidence({ plan: proposed({ n: 100 }), target: TARGET }, AT, ANNA));
    expect(all.match(/trunk-and-instance-gone holds/g)).toHaveLength(100);
    expect(all.match(/cluster-gone holds/g)).toHaveLength(1);
    expect(all).not.toContain('left out');
  });

  it('that is too much says how much is left out, and what shows it', () => {
    const messages = evidence({ plan: proposed({ n: 5_000 }), target: TARGET }, AT, ANNA);
    expect(messages).toHaveLength(5);
    const last = drawn(...messages.slice(-1));
    expect(last).toMatch(
      /… and 4,\d{3} more lines left out\. This shows all of it:\n {4}sgp-warden audit --region eu-west-1 --cluster checkout/,
    );
  });

  it('is shown to whoever asked, and asks nobody whom a text names', () => {
    const [first] = evidence({ finding: stateOf(), target: TARGET }, AT, '<@U0123>');
    expect(seenIn(first ?? { blocks: [] })).toContain('asked for by <@U0123>');
  });

  it('of anything is made of messages that Slack takes', () => {
    fc.assert(
      fc.property(announcement, text, (one, by) => {
        if (one.kind !== 'transition' && one.kind !== 'plan') return;
        const { target } = one;
        const of = one.kind === 'plan' ? { plan: one.plan, target } : { finding: stateOf({ finding: one.finding }), target };
        const messages = evidence(of, AT, by);
        expect(messages.length).toBeLessThanOrEqual(5);
        expect(messages.flatMap((message) => slackViolations(message))).toEqual([]);
      }),
      { numRuns: runs(150) },
    );
  });
});

describe('what was read', () => {
  it.each([
    [{ a: 1, b: { c: [1, 2], d: 'x' } }, ['a: 1', 'b c: 1, 2', 'b d: x']],
    [{ blocks: { subnet: 's', vpc: 'v' } }, ['blocks: subnet s, vpc v']],
    [{ groups: [{ id: 'g', name: 'n' }, 'other'] }, ['groups 1: id g, name n', 'groups 2: other']],
    [{ none: undefined, nothing: null, empty: [] }, ['nothing: null', 'empty: ']],
  ])('%j is said in lines', (evidence, lines) => {
    expect(leavesOf(evidence).map(([path, says]) => `${path}: ${says}`)).toEqual(lines);
  });

  it('is never more than anybody can read', () => {
    const wide = { list: Array.from({ length: 100_000 }, (_, n) => ({ n, deep: { deep: { deep: [n, { n }] } } })) };
    expect(leavesOf(wide)).toHaveLength(400);
  });
});
