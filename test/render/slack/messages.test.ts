import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { leftover } from '../../support/leftovers.ts';
import { decision, proposed } from '../../support/plans.ts';
import { certified, gone, many, orphan, told, toldPlan } from '../announcements.ts';
import { GOLDENS } from '../goldens.ts';
import { drawn } from './drawn.ts';
import { details, moved, reply, top } from './drawn-from.ts';
import { ANNA, approved, drawnGoldens, FINDING_OFFER, PLAN_OFFER, snoozed } from './goldens.ts';
import { seenIn, slackViolations } from './slack-limits.ts';

const golden = (name: string) => readFileSync(new URL(`./goldens/${name}`, import.meta.url), 'utf8');
const actionsOf = (...of: Parameters<typeof top>) => top(...of).blocks.filter(({ type }) => type === 'actions');

describe('what is told in Slack', () => {
  it.each(Object.entries(drawnGoldens()))('%s reads as its golden', (name, now) => {
    expect(now).toBe(golden(`${name}.txt`));
  });

  it.each(Object.entries(GOLDENS))('%s is made of messages that Slack takes', (_, batch) => {
    for (const message of [top(batch, PLAN_OFFER), top(batch, FINDING_OFFER), ...details(batch), reply(batch)])
      expect(slackViolations(message)).toEqual([]);
  });

  it('is sent as its golden', () => {
    expect(top([toldPlan('proposed', proposed())], PLAN_OFFER)).toEqual(JSON.parse(golden('plan-proposed.json')));
    expect(top([orphan()], FINDING_OFFER)).toEqual(JSON.parse(golden('changed-to-orphan.json')));
  });
});

describe('the message in the channel', () => {
  it('has buttons only where something is offered', () => {
    expect(actionsOf([orphan()])).toEqual([]);
    expect(actionsOf([orphan()], { ...FINDING_OFFER, actions: [] })).toEqual([]);
    expect(actionsOf([orphan()], FINDING_OFFER)).toHaveLength(1);
  });

  it('offers an approval of one plan only, whose size whoever clicks is told again', () => {
    expect(drawn(top([toldPlan('proposed', proposed({ n: 1 }))], PLAN_OFFER))).toContain(
      '[Approve: 1 orphan of checkout (1 address, eu-west-1). Each is proven once more',
    );
    for (const batch of [[orphan()], many(12)]) expect(drawn(top(batch, PLAN_OFFER))).toMatch(/\n\[Show evidence\]\n$/);
  });

  it('shows who answered in Slack as a person', () => {
    expect(drawn(top([approved()]))).toContain('**Approved by: **<user U0ANNA> (slack), 2026-11-20 18:50 UTC');
    expect(drawn(top([snoozed()]))).toContain('**Accepted by: **<user U0ANNA> until');
  });

  it('says who answered even where what is told does not', () => {
    const answered = proposed({ status: 'approved', decision: decision({ by: ANNA, via: 'slack' }), says: 'approved' });
    expect(drawn(top([toldPlan('proposed', answered)]))).toContain('**Approved by: **<user U0ANNA> (slack)');
    const rejected = { ...answered, decision: decision({ verdict: 'reject', by: ANNA, via: 'slack' }) };
    expect(drawn(top([toldPlan('superseded', rejected)]))).toContain('**Rejected by: **<user U0ANNA>');
  });

  it('says nothing of an answer to another round', () => {
    const again = proposed({ id: '0123456789abcdef-2', round: 2, decision: decision({ by: ANNA, via: 'slack' }) });
    expect(drawn(top([toldPlan('proposed', again, { plan: '0123456789abcdef' })]))).not.toContain('U0ANNA');
  });

  it('shows nobody as a person because a text looks like one', () => {
    const text = seenIn(top([told('opened', { ...leftover(1), summary: `x of ${ANNA}: <@U0123>` })]));
    expect(text).toContain(ANNA);
  });

  it('shows the whole headline where the header has no room for it', () => {
    const summary = `${'very '.repeat(40)}long`;
    const [header, ...rest] = drawn(top([told('opened', { ...leftover(1), summary })]))
      .split('\n\n')
      .slice(1);
    expect(header).toMatch(/^# HIGH: eni-00000000000000001: very .*… \(payments, eu-west-1\)$/);
    expect(rest[0]).toContain(summary);
  });
});

describe('the thread', () => {
  it('has nothing to add where the message says it all', () => {
    expect(details([certified()])).toEqual([]);
    expect(details([told('cleaned', leftover(1), 'deleted')])).not.toEqual([]);
  });

  it('shows a command exactly as it must be typed, or not at all, and says so', () => {
    const commands = ['good <a> & `b` :fire:', 'bad\n--two', 'bad \u202e--three', `long ${'x'.repeat(5_000)}`];
    const shown = drawn(...details([told('opened', { ...leftover(1), remedy: { summary: 'Do it.', commands } })]));
    expect(shown).toContain('**What to do: **Do it.\n    good <a> & `b` :fire:\n(3 commands left out: ');
    expect(shown).not.toContain('bad');
  });

  it('never leaves out what to do, however much there is to tell', () => {
    const proof = Array.from({ length: 3_000 }, (_, n) => ({ point: `p${n}`, outcome: 'holds' as const, says: '&'.repeat(900) }));
    const plan = proposed({ n: 1_000 });
    const deletions = plan.plan.deletions.map((each) => ({ ...each, addresses: ['&'.repeat(990)], proof }));
    const messages = details([toldPlan('proposed', { ...plan, plan: { ...plan.plan, deletions: deletions.slice(0, 40) } })]);
    expect(messages.length).toBeLessThanOrEqual(3);
    for (const message of messages) expect(slackViolations(message)).toEqual([]);
    const all = messages.map((message) => seenIn(message)).join('\n');
    expect(all).toMatch(/… and \d+ more lines; an audit shows them/);
    expect(all).toContain('sgp-warden approve 0123456789abcdef');
    expect(all).toContain('sgp-warden reject 0123456789abcdef');
  });

  it('tells when, what and how that is known', () => {
    expect(seenIn(reply([gone()]))).toBe(
      '18:35 UTC  RESOLVED: eni-00000000000000001 is gone\nHow we know: EC2 answered InvalidNetworkInterfaceID.NotFound',
    );
  });

  it('tells no time that is none', () => {
    const one = orphan();
    if (one.kind !== 'transition') throw new Error('no transition');
    expect(seenIn(reply([{ ...one, transition: { ...one.transition, at: 'later' } }]))).toMatch(/^HIGH: eni-/);
  });
});

describe('a message that moved', () => {
  it('names the channel, or the text that is none', () => {
    expect(slackViolations(moved([orphan()], 'C0123456789'), { channels: ['C0123456789'] })).toEqual([]);
    expect(drawn(moved([orphan()], 'C0123456789'))).toContain('Goes on in <channel C0123456789>.');
    expect(drawn(moved([orphan()], '<!channel>'))).toContain('Goes on in <!channel>.');
    expect(slackViolations(moved([orphan()], ''))).toEqual([]);
  });
});
